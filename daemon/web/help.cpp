#include "daemon/web/help.hpp"

#include <algorithm>

#include "daemon/web/help_pictures.hpp"
#include "daemon/web/routes.hpp"
#include "service/login_facts.hpp"
#include "service/login_identifier.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::LoginMethod;

std::string in_language(const Context& context, std::string path) {
    return path + "?lang=" + std::string{text::format_language(context.session().language())};
}

// Steps are filled with the clinic's address ({1}) and the button's name ({2}).
struct Words {
    const char* text;
    const char* picture = nullptr;
    const char* alt = nullptr;
};

constexpr Words kOpen{N_("Open the clinic's page. Its address is {1}")};

/// One way to log in that a help page tells of.
struct Way {
    std::string_view name;  // in its address
    LoginMethod method;
    const char* title;
    std::vector<Words> (*steps)(const Context&);
    std::vector<const char*> hints;
};

const char* identifier_sentence(const Context& context) {
    const auto& tenant = context.tenant();
    switch (service::patients_identifier(tenant)) {
        case domain::LoginIdentifier::national_id:
            return tenant.country == domain::Country::dk
                       ? N_("Write your CPR number and your password. Press the button \"{2}\".")
                       : N_("Write your personal number and your password. Press the button "
                            "\"{2}\".");
        case domain::LoginIdentifier::login_name:
            return N_("Write your login name and your password. Press the button \"{2}\".");
        case domain::LoginIdentifier::email:
            break;
    }
    return N_("Write your e-mail address and your password. Press the button \"{2}\".");
}

std::vector<Words> password_steps(const Context& context) {
    const bool sms = context.tenant().code_channel == domain::CodeChannel::sms;
    return {kOpen,
            {identifier_sentence(context), "help_password_1",
             N_("The page with a field for who you are, a field for the password and a button.")},
            {sms ? N_("We send a code with six digits to your mobile phone. It can take a minute.")
                 : N_("We send a code with six digits to your e-mail address. It can take a "
                      "minute. If it does not come, look among your unwanted mail.")},
            {N_("Write the code on the page and press the button \"Log in\"."), "help_password_2",
             N_("The page with a field for the code and a button.")}};
}

std::vector<Words> bankid_steps(const Context&) {
    return {
        kOpen,
        {N_("Press the button \"Log in with BankID\"."), "help_bankid_1",
         N_("The login page with a button for BankID.")},
        {N_("On a computer you see a square pattern. Open the BankID app in your phone, press "
            "the button for scanning a QR code, and point the phone at the pattern."),
         "help_bankid_2", N_("The page with the square pattern, a QR code.")},
        {N_("If you are already on the phone that has the BankID app, you need no pattern: press "
            "\"Open the BankID app\".")},
        {N_("Look in the app at what you are about to do. Then write your security code there, "
            "or use your finger or your face. The clinic's page goes on by itself.")}};
}

std::vector<Words> mitid_steps(const Context&) {
    return {kOpen,
            {N_("Press the button \"{2}\"."), "help_mitid_1",
             N_("The login page with a button for MitID.")},
            {N_("You come to MitID's own page. Write your user ID there.")},
            {N_("Open the MitID app and approve, or use your code display.")},
            {N_("You come back to the clinic's page and are logged in. The first time you may be "
                "asked for your CPR number.")}};
}

std::vector<Words> oidc_steps(const Context&) {
    return {kOpen,
            {N_("Press the button \"{2}\".")},
            {N_("You come to another page. Log in there as you are used to.")},
            {N_("You come back to the clinic's page and are logged in.")}};
}

std::vector<Words> letter_steps(const Context& context) {
    const auto& tenant = context.tenant();
    const bool sms = tenant.code_channel == domain::CodeChannel::sms &&
                     tenant.has(domain::Module::two_factor_sms);
    return {
        {N_("Open the address that stands in the letter: {1}/activate")},
        {N_("Write the code of the letter. Small or capital letters make no difference. Press "
            "the button \"Go on\"."),
         "help_letter_1", N_("The page with a field for the letter's code and a button.")},
        {N_("Choose a password that only you know, and write it twice. A few words that belong "
            "together only for you are good."),
         "help_letter_2", N_("The page with two fields for the new password and a button.")},
        {sms ? N_("You are logged in. Add a mobile number, so that we can send you a code when you "
                  "log in the next time.")
             : N_("You are logged in. Add an e-mail address, so that we can send you a code "
                  "when you log in the next time.")}};
}

const std::vector<Way>& all_ways() {
    static const std::vector<Way> ways{
        {"bankid",
         LoginMethod::bankid,
         N_("Log in with BankID"),
         bankid_steps,
         {N_("You get BankID from your bank."),
          N_("Did somebody call and ask you to use your BankID? Hang up, and call the clinic "
             "yourself.")}},
        {"mitid",
         LoginMethod::mitid,
         N_("Log in with MitID"),
         mitid_steps,
         {N_("You get MitID, and help with it, at mitid.dk or from your municipality."),
          N_("Never approve in the MitID app what you have not begun yourself.")}},
        {"oidc",
         LoginMethod::oidc,
         N_("Log in with an electronic ID"),
         oidc_steps,
         {N_("Never approve a login that you have not begun yourself.")}},
        {"password",
         LoginMethod::password,
         N_("Log in with a password and a code"),
         password_steps,
         {N_("Have you no password yet? Open the link in the message that the clinic has sent "
             "you."),
          N_("Have you forgotten your password? There is a link for that on the login page, under "
             "the button."),
          N_("Never tell anybody your password or the code, not even us. We never ask for them by "
             "telephone.")}},
        {"letter",
         LoginMethod::password,
         N_("Log in the first time with a letter"),
         letter_steps,
         {N_("The letter works once. If it no longer works, call the clinic and ask for a new "
             "one.")}}};
    return ways;
}

bool is_offered(const Context& context, const Way& way) {
    if (way.name == "letter") {  // of clients alone
        const auto takes = [&](domain::Audience audience) {
            return domain::decide_method(service::clinic_facts(context.session(), audience),
                                         audience, way.method) == domain::LoginReason::allowed;
        };
        return takes(domain::Audience::patient) || takes(domain::Audience::relative);
    }
    return service::decide_offer(context.session(), way.method) == domain::LoginReason::allowed;
}

std::string button_of(const Context& context, const Way& way) {
    const auto& options = context.services().options;
    if (way.method == LoginMethod::password) return context.word(N_("Go on"));
    const auto& name = way.method == LoginMethod::mitid ? options.mitid_label : options.oidc_label;
    if (name.empty()) return context.word(N_("Log in with an electronic ID"));
    return base::fill_arguments(context.word(N_("Log in with {1}")), {name});
}

void add_picture(const Context& context, const Words& words, HelpStep& step) {
    if (words.picture == nullptr) return;
    const auto file = std::string{words.picture} + "." +
                      std::string{text::format_language(context.session().language())} + ".webp";
    const auto* picture = std::find_if(kHelpPictures.begin(), kHelpPictures.end(),
                                       [&](const HelpPicture& each) { return each.file == file; });
    if (picture == kHelpPictures.end()) return;
    step.picture = context.static_path(file);
    step.width = picture->width;
    step.height = picture->height;
    step.alt = context.word(words.alt);
}

Answer show_index(Context& context) {
    HelpIndexPage page;
    page.frame = context.frame(N_("Help with logging in"));
    page.login_path = in_language(context, "/login");
    for (const auto& way : all_ways())
        if (is_offered(context, way))
            page.ways.push_back(
                {in_language(context, "/help/" + std::string{way.name}), context.word(way.title)});
    return context.page("help_index", page);
}

Answer show_way(Context& context) {
    const auto name = context.path.get("method");
    const auto way = std::find_if(all_ways().begin(), all_ways().end(),
                                  [&](const Way& each) { return each.name == name; });
    if (way == all_ways().end() || !is_offered(context, *way))
        return base::make_error(base::ErrorCode::not_found, {});
    HelpPage page;
    page.frame = context.frame(way->title);
    const auto address = service::tenant_url(context.services().options, context.tenant());
    for (const auto& words : way->steps(context)) {
        HelpStep step;
        step.text =
            base::fill_arguments(context.word(words.text), {address, button_of(context, *way)});
        add_picture(context, words, step);
        page.steps.push_back(std::move(step));
    }
    for (const auto* hint : way->hints) page.hints.push_back(context.word(hint));
    const bool letter = way->name == "letter";
    page.start_path = in_language(context, letter ? "/activate" : "/login");
    page.start_label = context.word(letter ? N_("Write the code") : N_("Log in"));
    page.index_path = in_language(context, "/help");
    return context.page("help", page);
}

}  // namespace

std::vector<PageRoute> help_routes() {
    return {{"GET", "/help", show_index, Entry::everybody},
            {"GET", "/help/{method}", show_way, Entry::everybody}};
}

base::Status check_help(text::Templates& templates) {
    PORTAL_TRYV(templates.check<HelpIndexPage>("help_index"));
    return templates.check<HelpPage>("help");
}

}  // namespace portal::web
