#include "service/availability.hpp"

#include "service/authorize.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "service/tenant.hpp"
#include "store/visit.hpp"

namespace portal::service {

using namespace domain;

base::Result<AvailabilityView> set_availability(Session& session, const SetAvailability& command) {
    PORTAL_TRYV(authorize(session, Action::availability_set));
    Availability availability{command.zone.value_or(session.tenant().zone), command.rule,
                              command.exception};
    if (auto fits = check_availability(availability); !fits) {
        auto error = std::move(fits).error();
        if (error.field.starts_with("rules")) error.field.erase(4, 1);
        if (error.field.starts_with("exceptions")) error.field.erase(9, 1);
        // The other one by the flag's name too.
        if (!error.args.empty() && error.field.ends_with(']'))
            error.args[0] += " --" + error.field.substr(0, error.field.find('['));
        return error;
    }
    if (command.zone) PORTAL_TRYV(check_zone(*command.zone));
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<AvailabilityView> {
            PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
            PORTAL_TRYV(store::save_availability(tx, session.tenant().id, staff.id, availability));
            PORTAL_TRY(saved, store::load_availability(tx, session.tenant().id, staff.id));
            PORTAL_TRYV(record_act(tx, session, {"availability.set", "staff", staff.id.value}));
            return AvailabilityView{staff.person.full_name(), availability.zone, availability.rules,
                                    availability.exceptions, saved.version};
        });
}

base::Result<AvailabilityView> show_availability(Session& session,
                                                 const ShowAvailability& command) {
    PORTAL_TRYV(authorize(session, Action::availability_show));
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<AvailabilityView> {
            PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
            PORTAL_TRYV(authorize(session, Action::availability_show, {{}, staff.person.id}));
            PORTAL_TRY(stored, store::load_availability(tx, session.tenant().id, staff.id));
            return AvailabilityView{staff.person.full_name(), stored.availability.zone,
                                    stored.availability.rules, stored.availability.exceptions,
                                    stored.version};
        });
}

}  // namespace portal::service
