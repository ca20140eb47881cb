// The filled views, and the hidden test that writes them to a folder for looking at:
//   web_test "[.write]" (into build/pages)
#include "sample.hpp"

#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "sample_hours.hpp"
#include "sample_people.hpp"
#include "sample_room.hpp"
#include "sample_visit_types.hpp"

namespace portal::web {
namespace {

template <class View>
RenderedPage rendered(const Sample& sample, const std::string& file, const View& view,
                      const std::string& name) {
    return {name, sample_templates().render(file, sample.language, view)};
}

RenderedPage login(const Sample& s) {
    LoginPage page;
    page.frame = s.frame("Log in", Reader::nobody);
    page.clients_off = s.errors;
    page.password = page.reset = page.help = page.registers = true;
    page.ways = {{"/login/bankid", "BankID"}, {"/login/mitid", "MitID"}};
    page.identifier.value = s.errors ? s.name : "";
    s.fail(page.frame, page.identifier, "identifier",
           "Write the e-mail address like anna@example.org.");
    s.fail(page.frame, page.password_field, "password", "Write something here.");
    page.token = "t";
    return rendered(s, "login", page, "login");
}

RenderedPage code(const Sample& s) {
    CodePage page;
    page.frame = s.frame("Write the code from the e-mail", Reader::nobody);
    page.sent_to = base::fill_arguments(s.word("We have sent a code with six digits to {1}."),
                                        {"m***@example.org"});
    page.works_for = base::fill_arguments(s.word("The code works for {1}."), {"10 minuter"});
    s.fail(page.frame, page.code, "code", "Write something here.");
    return rendered(s, "code", page, "code");
}

RenderedPage bankid(const Sample& s, bool same_device) {
    BankIdPage page;
    page.frame = s.frame("Log in with BankID", Reader::nobody);
    page.waiting = !s.errors;
    page.same_device = same_device;
    page.text = s.word(s.errors ? "Something went wrong with BankID." : "Open your BankID app.");
    page.what_next = s.word("You can try again.");
    page.size = 29;
    page.path = same_device ? "" : "M4 4h7v1h-7z";
    page.auto_start = same_device ? s.name : "";
    page.start_path = page.page_path = "/login/bankid?lang=sv";
    page.status_path = "/login/bankid/status?lang=sv";
    page.frame_path = "/login/bankid/frame?lang=sv";
    page.cancel_path = "/login/bankid/cancel?lang=sv";
    page.login_path = "/login?lang=sv";
    page.token = page.cancel_token = "t";
    return rendered(s, "bankid", page, same_device ? "bankid-device" : "bankid-code");
}

RenderedPage password(const Sample& s) {
    PasswordPage page;
    page.frame = s.frame("Choose your password", Reader::nobody);
    page.hello = base::fill_arguments(s.word("Hello, {1}."), {s.name});
    page.action = "/set-password/abc";
    s.fail(page.frame, page.password, "password", "Write something here.");
    s.fail(page.frame, page.repeated, "repeated", "Write something here.");
    return rendered(s, "password", page, "password");
}

SlotsPage slots_page(const Sample& s) {
    using text::DateStyle;
    SlotsPage page;
    page.frame = s.frame("Choose a time", Reader::patient);
    page.staff = {{"s1", "Eva Berg, läkare", true}, {"s2", "Per Lind, sköterska", false}};
    page.visit_types = {{"v1", "Läkarbesök (30 minuter)", true}, {"v2", "Provtagning", false}};
    page.many = page.chosen = true;
    page.staff_id = "s1";
    page.visit_type = "v1";
    page.place = "Solna husläkare, Storgatan 12, Solna";
    page.period = base::fill_arguments(s.word("{1} to {2}"),
                                       {s.at("2026-11-21T08:30:00Z", DateStyle::day_month),
                                        s.at("2026-11-27T08:30:00Z", DateStyle::day)});
    page.earlier = "2026-11-14";
    page.later = "2026-11-28";
    for (const auto* day : {"2026-11-23T0", "2026-11-24T0"}) {
        SlotDay one;
        one.title = s.at((day + std::string{"8:00:00Z"}).c_str(), DateStyle::day_month);
        for (const auto* hour : {"7:00:00Z", "7:30:00Z", "8:00:00Z", "8:30:00Z", "9:30:00Z"})
            one.times.push_back({s.at((day + std::string{hour}).c_str(), DateStyle::time),
                                 day + std::string{hour}, one.title, "", ""});
        page.days.push_back(one);
    }
    if (s.errors) page.frame.errors = {{"", s.word("This time has passed. Choose another.")}};
    return page;
}

RenderedPage slots(const Sample& s) {
    return rendered(s, "slots", slots_page(s), "slots");
}

RenderedPage no_slots(const Sample& s) {
    auto page = slots_page(s);
    page.staff.pop_back();
    page.visit_types.pop_back();
    page.many = false;
    page.days.clear();
    page.earlier.clear();
    page.frame.title = s.word("Choose a new time");
    page.booking = "5f0c3d4e-0000-4000-8000-000000000001";
    page.old_time = s.at("2026-11-21T08:30:00Z", text::DateStyle::full);
    return rendered(s, "slots", page, "move-slots");
}

RenderedPage book(const Sample& s, bool moves) {
    BookPage page;
    page.frame =
        s.frame(moves ? "Do you want to move the visit?" : "Is this right?", Reader::patient);
    page.when = s.at("2026-11-23T08:30:00Z", text::DateStyle::full);
    page.visit_type = "Läkarbesök";
    page.staff = "Eva Berg, läkare";
    page.place = "Solna husläkare, Storgatan 12, Solna";
    page.confirmation = true;
    if (moves) page.booking = "b";
    if (moves) page.old_when = s.at("2026-11-21T08:30:00Z", text::DateStyle::full);
    return rendered(s, "book", page, moves ? "move" : "book");
}

RenderedPage booking(const Sample& s, const std::string& file) {
    BookingPage page;
    page.frame = s.frame(file == "cancel" ? "Do you want to cancel this visit?" : "Your visit",
                         Reader::patient);
    page.visit = s.card("2026-11-23T08:30:00Z", "Not confirmed yet", "open");
    page.visit.must_confirm = page.visit.may_cancel = true;
    page.visit.move = "/bookings/x/move";
    page.back = "/bookings";
    if (s.errors) page.frame.errors = {{"", s.word("The visit has already begun.")}};
    if (!s.errors && file == "booking") page.frame.done = s.word("Your visit is booked.");
    return rendered(s, file, page, file);
}

RenderedPage bookings(const Sample& s) {
    BookingsPage page;
    page.frame = s.frame("Your visits", Reader::patient);
    if (!s.errors) {
        page.coming = {s.card("2026-11-23T08:30:00Z", "Not confirmed yet", "open"),
                       s.card("2026-12-02T12:00:00Z", "Confirmed", "good")};
        page.coming[0].must_confirm = true;
        page.past = {s.card("2026-10-02T12:00:00Z", "Done", "good"),
                     s.card("2026-09-02T12:00:00Z", "Cancelled", "off")};
    }
    return rendered(s, "bookings", page, "bookings");
}

RenderedPage staff(const Sample& s) {
    StaffPage page;
    page.frame = s.frame("Overview", Reader::staff);
    page.booking = true;
    page.today = s.at("2026-11-23T08:30:00Z", text::DateStyle::day);
    if (!s.errors) {
        page.visits = {{"1", "09.30 – 10.00", s.name, "Läkarbesök", "", s.word("Confirmed"), "good",
                        "/bookings/1/room"},
                       {"2", "10.00 – 10.30", "Per Lind", "Läkarbesök", "",
                        s.word("Not confirmed yet"), "open", ""}};
        page.coming = {{s.at("2026-11-24T08:30:00Z", text::DateStyle::day), page.visits}};
    }
    return rendered(s, "staff", page, "staff");
}

RenderedPage invite(const Sample& s, bool internal) {
    InvitePage page;
    page.frame = s.frame(internal ? "Invite a colleague" : "Invite to a visit", Reader::staff);
    page.action = internal ? "/staff/invite/colleague" : "/staff/invite";
    page.open = true;
    page.internal = internal;
    NewPatientFields fields;
    fields.number_name = s.word("Personal number");
    fields.first_name.value = s.name;
    fields.languages = {{"sv", "Svenska", true}, {"en", "English", false}};
    s.fail(page.frame, fields.national_id, "national_id", "Write something here.");
    if (!internal) page.fresh.push_back(fields);
    page.colleagues = {{"1", s.name, false}};
    page.visit_types = {{"1", "Läkarbesök", true}, {"2", "Samtal", false}};
    page.today = page.date.value = "2026-11-23";
    page.time.value = "09:30";
    page.message.value = s.name;
    page.asks_overlap = page.overlap = s.errors;
    if (s.errors) {
        page.which = {{"earlier", "02.30", false}, {"later", "02.30", true}};
        page.others = {{"09.30 – 10.00", s.name}};
    }
    page.token = "t";
    return rendered(s, "invite", page, internal ? "invite-colleague" : "invite");
}

RenderedPage booking_message(const Sample& s) {
    BookingMessagePage page;
    page.frame = s.frame("Change the message", Reader::staff);
    page.booking = "5f0c3d4e-0000-4000-8000-000000000001";
    page.when = s.at("2026-11-24T08:30:00Z", text::DateStyle::full);
    page.person = s.name;
    page.message.value = s.name;
    s.fail(page.frame, page.message, "message", "Write something here.");
    page.token = "t";
    return rendered(s, "booking_message", page, "booking-message");
}

RenderedPage notice(const Sample& s) {
    NoticePage page;
    page.frame = s.frame("Not found", Reader::patient);
    page.text = s.word("There is nothing here.");
    page.next = "/";
    page.next_label = s.word("Go to the first page");
    return rendered(s, "notice", page, "notice");
}

RenderedPage sessions(const Sample& s) {
    SessionsPage page;
    page.frame = s.frame("Where you are logged in", Reader::patient);
    const auto since = s.at("2026-11-21T08:30:00Z", text::DateStyle::full);
    page.sessions = {
        {"a1", "Firefox, Windows", s.word("Logged in with BankID"), since, since, true},
        {"a2", s.name, s.word("Logged in with BankID"), since, since, false}};
    page.others = true;
    page.token = "t";
    return rendered(s, "sessions", page, "sessions");
}

RenderedPage calendar(const Sample& s, bool made) {
    CalendarPage page;
    page.frame = s.frame("Your calendar", Reader::staff);
    const auto when = s.at("2026-11-21T08:30:00Z", text::DateStyle::full);
    if (made) page.address = "https://solna.example.org/calendar/" + std::string(43, 'x') + ".ics";
    page.feeds = {{"a1", when, ""}, {"a2", when, when}};
    page.token = "t";
    return rendered(s, "calendar", page, made ? "calendar-made" : "calendar");
}

RenderedPage draft(const Sample& s) {
    DraftPage page;
    page.frame = s.frame("What you wrote is kept", Reader::patient);
    page.action = "/book";
    page.fields = {{s.word("Message"), s.name, "message", s.name}, {"", "s1", "staff", "s1"}};
    page.token = "t";
    return rendered(s, "draft", page, "draft");
}

RenderedPage consent(const Sample& s) {
    ConsentPage page;
    page.frame = s.frame("Your consent", Reader::patient);
    page.paragraphs = {{s.name, {"1", s.name}}, {"2", {}}};
    page.text_lang = page.frame.lang;
    page.text_hash = "ab";
    if (!s.errors) page.given = s.at("2026-11-21T08:30:00Z", text::DateStyle::day);
    page.gave_earlier = s.errors;
    page.next = "/bookings";
    page.token = "t";
    return rendered(s, "consent", page, "consent");
}

RenderedPage help(const Sample& s) {
    HelpPage page;
    page.frame = s.frame("Log in with BankID", Reader::nobody);
    page.steps = {{s.name, "/static/help_bankid_1.sv.webp?v=1", 340, 134, s.name},
                  {"2", "", 0, 0, ""}};
    page.hints = {s.name};
    page.start_path = "/login?lang=sv";
    page.start_label = s.word("Log in");
    page.index_path = "/help?lang=sv";
    return rendered(s, "help", page, "help");
}

RenderedPage help_index(const Sample& s) {
    HelpIndexPage page;
    page.frame = s.frame("Help with logging in", Reader::nobody);
    if (!s.errors) page.ways = {{"/help/bankid?lang=sv", s.word("Log in with BankID")}};
    page.login_path = "/login?lang=sv";
    return rendered(s, "help_index", page, "help-index");
}

}  // namespace

RenderedPage contact(const Sample& s) {
    ContactPage page;
    page.frame = s.frame("Contact details", Reader::patient);
    page.email = s.name + "@example.org";
    page.mobile = s.errors ? "" : "+46701740605";
    page.code_address = s.errors ? s.name : "";
    page.languages = page.frame.languages;
    page.token = "t";
    return rendered(s, "contact", page, "contact");
}

RenderedPage contact_change(const Sample& s, bool email) {
    ContactChangePage page;
    page.frame =
        s.frame(email ? "Change the e-mail address" : "Change the mobile number", Reader::patient);
    page.action = email ? "/contact/email" : "/contact/mobile";
    page.email = email;
    page.ends_login = email && s.errors;
    page.value.value = s.errors ? s.name : "";
    s.fail(page.frame, page.value, "value", "Write something here.");
    page.token = "t";
    return rendered(s, "contact_change", page, email ? "contact-email" : "contact-mobile");
}

RenderedPage contact_code(const Sample& s) {
    ContactCodePage page;
    page.frame = s.frame("Write the code", Reader::patient);
    page.action = "/contact/email/code";
    page.again = "/contact/email";
    page.sent_to = base::fill_arguments(
        s.word("We have sent a message to {1}. If the address can be used, it has a code with six "
               "digits."),
        {s.name});
    page.works_for = base::fill_arguments(s.word("The code works for {1}."), {"10 minuter"});
    s.fail(page.frame, page.code, "code", "Write something here.");
    page.token = "t";
    return rendered(s, "contact_code", page, "contact-code");
}

std::vector<RenderedPage> render_samples(const Sample& sample) {
    std::vector<RenderedPage> pages{login(sample),
                                    code(sample),
                                    password(sample),
                                    bankid(sample, false),
                                    bankid(sample, true),
                                    slots(sample),
                                    no_slots(sample),
                                    book(sample, false),
                                    book(sample, true),
                                    booking(sample, "booking"),
                                    booking(sample, "cancel"),
                                    bookings(sample),
                                    staff(sample),
                                    invite(sample, false),
                                    invite(sample, true),
                                    booking_message(sample),
                                    contact(sample),
                                    contact_change(sample, true),
                                    contact_change(sample, false),
                                    contact_code(sample),
                                    sessions(sample),
                                    calendar(sample, false),
                                    calendar(sample, true),
                                    draft(sample),
                                    consent(sample),
                                    help(sample),
                                    help_index(sample),
                                    notice(sample)};
    for (auto& more :
         {hours_samples(sample), profile_samples(sample), unit_staff_samples(sample),
          unit_patient_samples(sample), room_samples(sample), visit_type_samples(sample)})
        pages.insert(pages.end(), more.begin(), more.end());
    return pages;
}

TEST_CASE("the pages are written to build/pages, to be looked at", "[.write]") {
    namespace fs = std::filesystem;
    const fs::path folder{"build/pages"};
    fs::create_directories(folder / "static");
    for (const auto& file : embedded_static())
        std::ofstream{folder / "static" / file.name} << file.content;
    for (const auto language : text::kLanguages)
        for (const bool errors : {false, true})
            for (auto page : render_samples({language, "Märta Öberg", errors})) {
                const std::string root = "=\"/static/";
                for (auto at = page.html.find(root); at != std::string::npos;
                     at = page.html.find(root))
                    page.html.replace(at, root.size(), "=\"static/");
                const auto name = page.name + "-" + std::string{text::format_language(language)} +
                                  (errors ? "-errors" : "") + ".html";
                std::ofstream{folder / name} << page.html;
            }
}

}  // namespace portal::web
