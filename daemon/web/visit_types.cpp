// The kinds of visit that a staff member or the clinic offers: list, form, and out of use.
// Source: C9, C11-C13, K23.
#include "daemon/web/visit_types.hpp"

#include <array>
#include <map>

#include "base/encoding.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/visit_kind.hpp"
#include "service/person.hpp"
#include "service/staff.hpp"
#include "service/visit_type.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::CreateVisitType;
using domain::VisitKind;
using domain::VisitTypeView;

struct NumberWords {
    const char* name;
    const char* label;
    const char* hint;
};
constexpr std::array kSize{
    NumberWords{"duration_minutes", N_("How many minutes does it take?"), ""},
    NumberWords{"capacity", N_("How many patients at the same time?"),
                N_("Only for a group visit.")}};
constexpr std::array kRules{
    NumberWords{"step_minutes", N_("Minutes between the times one can choose"),
                N_("0: one after the other.")},
    NumberWords{"lead_minutes", N_("How many minutes ahead must one book?"),
                N_("An hour is 60, a day is 1440.")},
    NumberWords{"horizon_days", N_("How many days ahead can one book?"), ""},
    NumberWords{"before_minutes", N_("Minutes kept free before the visit"), ""},
    NumberWords{"after_minutes", N_("Minutes kept free after the visit"), ""},
    NumberWords{"cancel_minutes",
                N_("How many minutes before the start can patients still move or cancel?"),
                N_("0: until it begins. An hour is 60, a day is 1440.")}};
constexpr std::array kWords{"title", "kind", "approval", "extra_mail", "extra_sms"};

bool administers(const Context& context) {
    return context.session().who().administers;
}

std::string facts_of(const Context& context, const VisitTypeView& type) {
    return kind_word(context, type.kind) + ", " +
           text::format_duration(context.services().catalogue, context.session().language(),
                                 std::chrono::minutes{type.duration_minutes});
}

bool may_edit(const Context& context, const VisitTypeView& type) {
    return administers(context) || type.staff_id == context.session().who().person.public_id;
}

Answer show_types(Context& context) {
    PORTAL_TRY(types, service::list_visit_types(context.session(), {true}));
    VisitTypesPage page;
    page.frame = context.frame(N_("Visit types"));
    for (const auto& type : types.items) {
        VisitTypeLine line{
            base::format_uuid(type.id), type.title, facts_of(context, type), {}, !type.active};
        if (may_edit(context, type)) {
            if (administers(context)) line.owner = type.staff;
            page.editable.push_back(line);
        } else if (type.active && !type.staff_id) {
            page.shared.push_back(line);
        }
    }
    return context.page("visit_types", page);
}

/// What stands in a form, as text: of a type, or as it was sent.
using Texts = std::map<std::string, std::string, std::less<>>;

Texts texts_of(const CreateVisitType& type) {
    Texts texts;
    for (const auto& field : base::type_of<CreateVisitType>().fields)
        texts[std::string{field.help.name}] = base::value_text(*field.type, field.get(&type));
    texts["owner"] = type.staff.value_or("");
    return texts;
}

CreateVisitType command_of(const VisitTypeView& view) {
    CreateVisitType type;
    type.title = view.title;
    type.duration_minutes = view.duration_minutes;
    type.kind = view.kind;
    type.capacity = view.capacity;
    type.step_minutes = view.step_minutes;
    type.lead_minutes = view.lead_minutes;
    type.horizon_days = view.horizon_days;
    type.before_minutes = view.before_minutes;
    type.after_minutes = view.after_minutes;
    type.cancel_minutes = view.cancel_minutes;
    type.approval = view.approval;
    type.extra_mail = view.extra_mail;
    type.extra_sms = view.extra_sms;
    if (view.staff_id) type.staff = base::format_uuid(*view.staff_id);
    return type;
}

std::string tidy(std::string_view typed) {
    std::string text;
    for (const char c : base::trim(typed))
        if (c != '\r') text += c;
    return text;
}

struct SentForm {
    CreateVisitType type;
    Texts texts;
    std::vector<base::Error> errors;
};

void read_field(const Context& context, const std::string& name, SentForm& sent) {
    const auto value = context.form.find(name);
    if (!value) {
        sent.errors.push_back(base::invalid(name, N_("is missing")));
        return;
    }
    const auto text = tidy(*value);
    sent.texts[name] = text;
    const bool may_be_empty = name == "capacity" || name == "step_minutes";
    if (text.empty() && may_be_empty) return;
    if (text.empty() && name == "kind") {
        sent.errors.push_back(base::invalid(name, N_("Choose how you meet.")));
        return;
    }
    const auto* field = base::find_field(base::type_of<CreateVisitType>(), name);
    if (auto set = base::set_field_text(*field, &sent.type, text); !set) {
        auto error = std::move(set).error();
        error.field = name;
        sent.errors.push_back(std::move(error));
    }
}

SentForm read_form(const Context& context) {
    SentForm sent;
    for (const auto* name : kWords) read_field(context, name, sent);
    for (const auto& each : kSize) read_field(context, each.name, sent);
    for (const auto& each : kRules) read_field(context, each.name, sent);
    const auto owner = context.form.find("owner");
    if (!owner && administers(context))
        sent.errors.push_back(base::invalid("owner", N_("is missing")));
    if (owner && !owner->empty()) sent.type.staff = std::string{*owner};
    sent.texts["owner"] = sent.type.staff.value_or("");
    return sent;
}

std::string sms_count(const Context& context, const std::string& extra) {
    constexpr std::size_t kSingle[] = {160, 70};
    constexpr std::size_t kPart[] = {153, 67};
    const auto size = domain::sms_size(service::typical_sms(context.session(), extra));
    const auto alphabet = size.encoding == domain::SmsEncoding::gsm7 ? 0U : 1U;
    const auto room = size.parts <= 1 ? kSingle[alphabet] : size.parts * kPart[alphabet];
    return base::fill_arguments(
        context.word(N_("Text messages needed each time: {1} ({2} of {3} characters).")),
        {std::to_string(size.parts), std::to_string(size.units), std::to_string(room)});
}

std::vector<TypeChoice> kind_choices(const Context& context, const std::string& chosen) {
    std::vector<TypeChoice> all{{"", context.word(N_("Choose")), chosen.empty()}};
    for (const auto kind :
         {VisitKind::physical, VisitKind::phone, VisitKind::video, VisitKind::video_group}) {
        const auto value = base::type_of<VisitKind>().get_text(&kind);
        all.push_back({value, kind_word(context, kind), value == chosen});
    }
    return all;
}

base::Status add_owners(Context& context, const std::string& chosen, VisitTypePage& page) {
    if (!administers(context)) return {};
    page.many_owners = true;
    PORTAL_TRY(staff, service::list_staff(context.session(), {}));
    page.owners.push_back({"", context.word(N_("Everybody")), chosen.empty()});
    for (const auto& each : staff.items) {
        const auto id = base::format_uuid(each.id);
        page.owners.push_back({id, each.name, id == chosen});
    }
    return {};
}

template <class Words>
void add_numbers(const Context& context, const Words& words, const Texts& texts,
                 std::vector<NumberField>& into) {
    for (const NumberWords& each : words) {
        const auto found = texts.find(each.name);
        into.push_back({each.name,
                        context.word(each.label),
                        *each.hint == 0 ? std::string{} : context.word(each.hint),
                        found == texts.end() ? std::string{} : found->second,
                        {}});
    }
}

struct Shown {
    Texts texts;
    const VisitTypeView* type = nullptr;  // none: a new one
    std::vector<base::Error> errors{};
};

std::string text_in(const Texts& texts, std::string_view name) {
    const auto found = texts.find(name);
    return found == texts.end() ? std::string{} : found->second;
}

void show_errors(const Context& context, const std::vector<base::Error>& errors,
                 VisitTypePage& page) {
    for (auto error : errors) {
        if (error.field == "staff") error.field = "owner";
        context.show_error(error, page.frame);
        context.show_error(error, "title", page.title);
        context.show_error(error, "extra_mail", page.extra_mail);
        context.show_error(error, "extra_sms", page.extra_sms);
        if (error.field == "kind") page.kind_error = context.sentence(error);
        for (auto* numbers : {&page.size, &page.rules})
            for (auto& each : *numbers)
                if (error.field == each.name) each.error = context.sentence(error);
    }
}

base::Result<VisitTypePage> make_page(Context& context, const Shown& shown) {
    VisitTypePage page;
    page.frame =
        context.frame(shown.type ? N_("Change a kind of visit") : N_("A new kind of visit"));
    page.title.value = text_in(shown.texts, "title");
    page.kinds = kind_choices(context, text_in(shown.texts, "kind"));
    add_numbers(context, kSize, shown.texts, page.size);
    add_numbers(context, kRules, shown.texts, page.rules);
    const bool approves = text_in(shown.texts, "approval") == "yes";
    page.approval = {{"no", context.word(N_("No, booked at once")), !approves},
                     {"yes", context.word(N_("Yes, each one")), approves}};
    page.extra_mail.value = text_in(shown.texts, "extra_mail");
    page.extra_sms.value = text_in(shown.texts, "extra_sms");
    page.sms_count = sms_count(context, page.extra_sms.value);
    page.sms_words =
        context.word(N_("Text messages needed each time: {1} ({2} of {3} characters)."));
    page.sms_rest = service::typical_sms(context.session(), {});
    page.script = context.static_path("sms.js");
    PORTAL_TRYV(add_owners(context, text_in(shown.texts, "owner"), page));
    page.token = context.form_token(shown.type ? shown.type->version : 0);
    show_errors(context, shown.errors, page);
    if (!shown.type) return page;
    page.id = base::format_uuid(shown.type->id);
    page.note = context.word(N_("Visits that are booked already stay as they were booked."));
    page.off = !shown.type->active;
    return page;
}

Answer show_new(Context& context) {
    auto texts = texts_of(CreateVisitType{});
    texts["kind"] = texts["duration_minutes"] = texts["capacity"] = "";
    PORTAL_TRY(page, make_page(context, {texts}));
    return context.page("visit_type", page);
}

Answer refuse(Context& context, Shown shown) {
    PORTAL_TRY(page, make_page(context, shown));
    return context.page("visit_type", page, base::error_row(shown.errors.front().code).http_status);
}

http::Response done(const base::Uuid& id, const char* what) {
    return http::redirect("/visit-types/" + base::format_uuid(id) + "?done=" + what);
}

Answer post_new(Context& context) {
    PORTAL_TRY(token, context.read_token());
    auto sent = read_form(context);
    if (!sent.errors.empty()) return refuse(context, {sent.texts, nullptr, sent.errors});
    const auto made = service::create_visit_type(context.session(), sent.type);
    if (!made) return refuse(context, {sent.texts, nullptr, {made.error()}});
    return done(made->id, "added");
}

base::Result<VisitTypeView> load(Context& context) {
    return service::show_visit_type(context.session(), {std::string{context.path.get("id")}});
}

Answer show_type(Context& context) {
    PORTAL_TRY(type, load(context));
    PORTAL_TRY(page, make_page(context, {texts_of(command_of(type)), &type}));
    const auto what = context.request().query.text("done");
    page.frame.done = context.word(what == "added"   ? N_("The new kind of visit can be booked.")
                                   : what == "saved" ? N_("Your changes are saved.")
                                                     : "");
    return context.page("visit_type", page);
}

domain::SetVisitType change_of(const Context& context, const CreateVisitType& type) {
    domain::SetVisitType change;
    change.visit_type = context.path.get("id");
    change.title = type.title;
    change.duration_minutes = type.duration_minutes;
    change.kind = type.kind;
    change.capacity = type.capacity;
    change.step_minutes = type.step_minutes;
    change.lead_minutes = type.lead_minutes;
    change.horizon_days = type.horizon_days;
    change.before_minutes = type.before_minutes;
    change.after_minutes = type.after_minutes;
    change.cancel_minutes = type.cancel_minutes;
    change.approval = type.approval;
    change.extra_mail = type.extra_mail;
    change.extra_sms = type.extra_sms;
    if (administers(context)) change.staff = type.staff.value_or("");
    return change;
}

Answer post_type(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(type, load(context));
    auto sent = read_form(context);
    if (!sent.errors.empty()) return refuse(context, {sent.texts, &type, sent.errors});
    auto change = change_of(context, sent.type);
    change.version = token.version;
    const auto saved = service::set_visit_type(context.session(), change);
    if (!saved) return refuse(context, {sent.texts, &type, {saved.error()}});
    return done(type.id, "saved");
}

Answer post_active(Context& context) {
    PORTAL_TRY(token, context.read_token());
    const auto active = context.form.text("active");
    if (active != "yes" && active != "no") return base::invalid("active", N_("is missing"));
    domain::SetVisitType change;
    change.visit_type = context.path.get("id");
    change.active = active == "yes";
    change.version = token.version;
    PORTAL_TRY(saved, service::set_visit_type(context.session(), change));
    return done(saved.id, "saved");
}

std::vector<std::string_view> form_fields() {
    std::vector<std::string_view> all{kWords.begin(), kWords.end()};
    for (const auto& each : kSize) all.push_back(each.name);
    for (const auto& each : kRules) all.push_back(each.name);
    all.push_back("owner");
    return all;
}

}  // namespace

std::vector<PageRoute> visit_type_routes() {
    constexpr auto kBooking = domain::Module::booking;
    return {{"GET", "/visit-types", show_types, Entry::staff, kBooking},
            {"GET", "/visit-types/new", show_new, Entry::staff, kBooking},
            {"POST", "/visit-types/new", post_new, Entry::staff, kBooking, false, form_fields()},
            {"GET", "/visit-types/{id}", show_type, Entry::staff, kBooking},
            {"POST", "/visit-types/{id}", post_type, Entry::staff, kBooking, false, form_fields()},
            {"POST",
             "/visit-types/{id}/active",
             post_active,
             Entry::staff,
             kBooking,
             false,
             {"active"}}};
}

base::Status check_visit_types(text::Templates& templates) {
    PORTAL_TRYV(templates.check<VisitTypesPage>("visit_types"));
    return templates.check<VisitTypePage>("visit_type");
}

}  // namespace portal::web
