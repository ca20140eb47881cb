#include "identity/bankid_message.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace portal::identity {
namespace {

using base::N_;

constexpr const char* kTryAgain = N_("You can try again.");
constexpr const char* kOrCall = N_("Try again, choose another way to log in, or call the clinic.");

constexpr std::array<BankIdWords, kBankIdMessages> kWords{{
    {N_("Open the BankID app on your phone, choose to scan a QR code, and point the camera at "
        "the code below."),
     ""},
    {N_("Open your BankID app."), ""},
    {N_("We are waiting for your BankID app. Press the button to open it."), ""},
    {N_("We are looking for a BankID on this computer. This can take a little while. If your "
        "BankID is in your phone, show a QR code instead."),
     ""},
    {N_("We are looking for a BankID on this device. This can take a little while. If your BankID "
        "is somewhere else, show a QR code instead."),
     ""},
    {N_("The BankID app asks for your passport or identity card. Do as it says."), ""},
    {N_("The BankID app asks whether you are in a phone call. Answer there."), ""},
    {N_("Write your security code in the BankID app, and choose to identify yourself."), ""},
    {N_("Your identification is under way."), ""},
    {N_("The BankID app did not answer in time."),
     N_("See that the app is open and that your phone is connected to the internet. Then try "
        "again.")},
    {N_("Your BankID cannot be used. It is blocked or too old."),
     N_("Get a new BankID from your bank, or call the clinic.")},
    {N_("You stopped the login in the BankID app."), kTryAgain},
    {N_("The login was stopped, because another one was begun for you."), kTryAgain},
    {N_("No BankID app was found on this device."),
     N_("Is the app not here? Show a QR code instead, and scan it with the phone that has it. You "
        "can also get the app where apps are found, and a BankID from your bank.")},
    {N_("The QR code was not scanned in time."),
     N_("Open the BankID app on your phone first. Then try again.")},
    {N_("You answered that you were in no phone call."),
     N_("Did somebody call and ask you to use your BankID? Hang up, and call the clinic "
        "yourself.")},
    {N_("Your BankID app is too old for this."), N_("Update the app. Then try again.")},
    {N_("We could not log you in safely in this way."), kOrCall},
    {N_("Something went wrong with BankID."), kTryAgain},
    {N_("A login or signature with your BankID was already under way. It has been stopped."),
     N_("Wait a moment. Then try again.")},
    {N_("Many people are logging in with BankID just now."), N_("Wait a moment. Then try again.")},
    {N_("BankID does not answer properly just now."),
     N_("Wait a few minutes. Then try again, or choose another way to log in.")},
    {N_("You cannot log in with BankID here just now. The fault is ours."),
     N_("Choose another way to log in, or call the clinic.")},
}};

struct Hint {
    std::string_view name;
    BankIdMessage message;
};
using enum BankIdMessage;

constexpr std::array kPending{
    Hint{"userMrtd", read_document},
    Hint{"userCallConfirm", confirm_call},
    Hint{"userSign", enter_code},
};
constexpr std::array kFailed{
    Hint{"expiredTransaction", no_answer_from_app}, Hint{"certificateErr", blocked},
    Hint{"userCancel", cancelled_by_user},          Hint{"cancelled", replaced},
    Hint{"userDeclinedCall", call_declined},        Hint{"notSupportedByUserApp", app_too_old},
    Hint{"transactionRiskBlocked", not_safe},
};

BankIdMessage find(std::span<const Hint> hints, std::string_view name, BankIdMessage otherwise) {
    const auto found = std::ranges::find(hints, name, &Hint::name);
    return found == hints.end() ? otherwise : found->message;
}

}  // namespace

const BankIdWords& words_of(BankIdMessage message) {
    return kWords.at(static_cast<std::size_t>(message));
}

BankIdMessage pending_message(std::string_view hint, BankIdFlow flow, Device device) {
    const bool qr = flow == BankIdFlow::qr;
    if (hint == "outstandingTransaction") return qr ? scan_code : starting_app;
    if (hint == "noClient") return qr ? scan_code : open_app;
    if (hint == "started") return device == Device::phone ? searching_phone : searching_computer;
    return find(kPending, hint, in_progress);
}

BankIdMessage failed_message(std::string_view hint, BankIdFlow flow) {
    if (hint == "startFailed") return flow == BankIdFlow::qr ? code_not_read : app_not_found;
    return find(kFailed, hint, failed);
}

BankIdMessage error_message(BankIdError error) {
    switch (error) {
        case BankIdError::already_in_progress:
            return already_in_progress;
        case BankIdError::canceled:
            return replaced;
        case BankIdError::busy:
            return many_at_once;
        case BankIdError::request_timeout:
        case BankIdError::too_many_requests:
        case BankIdError::internal_error:
        case BankIdError::maintenance:
        case BankIdError::unreachable:
        case BankIdError::no_answer:
        case BankIdError::not_understood:
            return try_later;
        case BankIdError::invalid_parameters:
        case BankIdError::unauthorized:
        case BankIdError::not_found:
        case BankIdError::method_not_allowed:
        case BankIdError::unsupported_media_type:
            break;
    }
    return not_available;
}

}  // namespace portal::identity
