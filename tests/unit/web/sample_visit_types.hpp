// Filled views of the kinds of visit and of waiting for a time. Source: C11, K23, L31.
#pragma once

#include "daemon/web/visit_types.hpp"
#include "daemon/web/waitlist.hpp"
#include "sample.hpp"

namespace portal::web {

inline VisitTypePage sample_visit_type(const Sample& s) {
    VisitTypePage page;
    page.frame = s.frame("Change a kind of visit", Reader::staff);
    page.id = "5f0c3d4e-0000-4000-8000-000000000004";
    page.note = s.word("Visits that are booked already stay as they were booked.");
    page.title.value = s.name;
    s.fail(page.frame, page.title, "title", "Write something here.");
    page.kinds = {{"", s.word("Choose"), false}, {"video", s.word("Video visit"), true}};
    if (s.errors) page.kind_error = s.word("Choose how you meet.");
    const auto wrong = s.errors ? s.word("Write a whole number.") : std::string{};
    page.size = {{"duration_minutes", s.word("How many minutes does it take?"), "", "45", wrong}};
    page.rules = {{"lead_minutes", s.word("How many minutes ahead must one book?"),
                   s.word("An hour is 60, a day is 1440."), "120", wrong}};
    page.approval = {{"no", s.word("No, booked at once"), true},
                     {"yes", s.word("Yes, each one"), false}};
    page.extra_mail.value = page.extra_sms.value = s.name;
    s.fail(page.frame, page.extra_sms, "extra_sms", "Write something here.");
    page.sms_words = s.word("Text messages needed each time: {1} ({2} of {3} characters).");
    page.sms_count = base::fill_arguments(page.sms_words, {"2", "207", "306"});
    page.sms_rest = s.name;
    page.script = "/static/sms.js?v=1";
    page.owners = {{"", s.word("Everybody"), true}, {"5f", s.name, false}};
    page.many_owners = true;
    page.off = s.errors;
    page.token = "t";
    return page;
}

inline std::vector<RenderedPage> visit_type_samples(const Sample& s) {
    const std::string id = "5f0c3d4e-0000-4000-8000-000000000004";
    VisitTypesPage list;
    list.frame = s.frame("Visit types", Reader::staff);
    list.editable = {{id, s.name, "Videobesök, 30 minuter", s.name, false},
                     {id, s.name, "Videobesök, 30 minuter", "", true}};
    list.shared = {{id, s.name, "Videobesök, 30 minuter", "", false}};
    WaitlistPage waiting;
    waiting.frame = s.frame("Waiting for a time", Reader::patient);
    const auto when = s.at("2026-11-23T08:30:00Z", text::DateStyle::full);
    waiting.offers = {{id, when, s.name, "Solna husläkare"}};
    waiting.entries = {{id, s.name, s.name, when}, {id, s.name, "", when}};
    waiting.token = "t";
    JoinPage join{s.frame("Tell me when a time becomes free", Reader::patient),
                  id,
                  s.name,
                  id,
                  s.name,
                  "/slots",
                  "t"};
    OfferPage offer{s.frame("Do you want this time?", Reader::patient),
                    id,
                    when,
                    s.name,
                    s.name,
                    "Solna husläkare",
                    when,
                    "",
                    "t"};
    if (s.errors) offer.over = s.word("You have booked this time already.");
    const auto& templates = sample_templates();
    return {{"visit-types", templates.render("visit_types", s.language, list)},
            {"visit-type", templates.render("visit_type", s.language, sample_visit_type(s))},
            {"waitlist", templates.render("waitlist", s.language, waiting)},
            {"waitlist-join", templates.render("waitlist_join", s.language, join)},
            {"waitlist-offer", templates.render("waitlist_offer", s.language, offer)}};
}

}  // namespace portal::web
