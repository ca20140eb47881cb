// One filled view of every page, for the tests of the pages' HTML.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "daemon/web/bankid.hpp"
#include "daemon/web/booking.hpp"
#include "daemon/web/calendar.hpp"
#include "daemon/web/consent.hpp"
#include "daemon/web/contact.hpp"
#include "daemon/web/draft.hpp"
#include "daemon/web/embedded.hpp"
#include "daemon/web/help.hpp"
#include "daemon/web/invite.hpp"
#include "daemon/web/login.hpp"
#include "daemon/web/password.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/sessions.hpp"
#include "daemon/web/slot.hpp"
#include "daemon/web/staff.hpp"

namespace portal::web {

inline const text::Catalogue& sample_catalogue() {
    static const text::Catalogue catalogue;
    return catalogue;
}

inline const text::Templates& sample_templates() {
    static const text::Templates templates = [] {
        auto loaded = text::Templates::load(embedded_pages(), sample_catalogue());
        if (!loaded) throw std::runtime_error(base::describe(loaded.error()));
        for (const auto check : {check_login,
                                 check_bankid,
                                 check_password,
                                 check_slots,
                                 check_availability_pages,
                                 check_booking,
                                 check_book,
                                 check_staff,
                                 check_contact,
                                 check_sessions,
                                 check_calendar,
                                 check_draft,
                                 check_consent,
                                 check_help,
                                 check_visit_types,
                                 check_waitlist,
                                 check_profile,
                                 check_unit,
                                 check_invite,
                                 check_booking_message,
                                 check_room})
            if (const auto checked = check(*loaded); !checked)
                throw std::runtime_error(base::describe(checked.error()));
        if (!loaded->check<NoticePage>("notice") || !loaded->check<BarePage>("bare"))
            throw std::runtime_error("notice");
        return *std::move(loaded);
    }();
    return templates;
}

enum class Reader { nobody, patient, staff };

struct Sample {
    text::Language language = text::Language::sv;
    std::string name = "Märta Öberg";  // hostile text in some tests
    bool errors = false;

    [[nodiscard]] std::string word(const std::string& key) const {
        return sample_catalogue().translate(language, key);
    }
    [[nodiscard]] std::string at(const char* instant, text::DateStyle style) const {
        return text::format_time(*base::parse_instant(instant),
                                 *base::Zone::find("Europe/Stockholm"), language, style);
    }
    [[nodiscard]] Frame frame(const std::string& title, Reader reader) const {
        Frame frame;
        frame.lang = text::format_language(language);
        frame.title = word(title);
        frame.clinic = "Solna husläkare";
        frame.accent = "blue";
        frame.style = "1";
        frame.here = "/x";
        frame.languages = {{"en", "English", "/x?lang=en", language == text::Language::en},
                           {"sv", "Svenska", "/x?lang=sv", language == text::Language::sv},
                           {"da", "Dansk", "/x?lang=da", language == text::Language::da}};
        if (reader == Reader::nobody) return frame;
        frame.person = name;
        frame.patient = reader == Reader::patient;
        frame.staff = reader == Reader::staff;
        frame.booking = true;
        frame.menu_token = "t";
        frame.ends = word("If you do nothing, you will be logged out: {1}.");
        return frame;
    }
    void fail(Frame& frame, Field& field, const char* id, const std::string& key) const {
        if (!errors) return;
        field.error = word(key);
        frame.errors.push_back({id, field.error});
    }
    [[nodiscard]] VisitCard card(const char* instant, const char* state, const char* mark) const {
        VisitCard card;
        card.id = "5f0c3d4e-0000-4000-8000-000000000001";
        card.when = at(instant, text::DateStyle::full);
        card.visit_type = "Läkarbesök";
        card.staff = "Eva Berg, läkare";
        card.place = "Solna husläkare, Storgatan 12, Solna";
        card.state = word(state);
        card.mark = mark;
        return card;
    }
};

struct RenderedPage {
    std::string name;
    std::string html;
};
/// Every page in its usual states.
std::vector<RenderedPage> render_samples(const Sample& sample);

}  // namespace portal::web
