#include "service/visit_type.hpp"

#include "service/authorize.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;

base::Error no_such(std::string_view field, const char* sentence) {
    auto error = base::make_error(base::ErrorCode::not_found, sentence);
    error.field = field;
    return error;
}

}  // namespace

base::Result<VisitTypeView> create_visit_type(Session& session, const CreateVisitType& command) {
    PORTAL_TRYV(authorize(session, Action::visit_type_create));
    VisitTypeView view;
    view.id = base::make_uuid(session.services().random);
    view.title = command.title;
    view.duration_minutes = command.duration_minutes;
    view.kind = command.kind;
    view.capacity = command.kind == VisitKind::video_group ? command.capacity : 1;
    view.step_minutes = command.step_minutes;
    view.lead_minutes = command.lead_minutes;
    view.horizon_days = command.horizon_days;
    view.before_minutes = command.before_minutes;
    view.after_minutes = command.after_minutes;
    view.cancel_minutes = command.cancel_minutes;
    view.approval = command.approval;
    view.extra_mail = command.extra_mail;
    view.extra_sms = command.extra_sms;
    view.version = 1;
    PORTAL_TRYV(
        session.services().store.write(session.tenant().id, [&](store::Tx& tx) -> base::Status {
            store::VisitType type{{}, std::nullopt, view};
            if (command.staff) {
                PORTAL_TRY(owner, resolve_staff(tx, session, *command.staff, "staff"));
                PORTAL_TRYV(authorize(session, Action::visit_type_create, {{}, owner.person.id}));
                type.owner = owner.id;
                view.staff = owner.person.full_name();
            }
            PORTAL_TRY(made, store::insert_visit_type(tx, session.tenant().id, type));
            if (!made)
                return base::make_error(base::ErrorCode::conflict,
                                        N_("A visit type with this title exists."));
            return record_act(tx, session, {"visit-type.create", "visit_type", made->value});
        }));
    return view;
}

base::Result<VisitTypeList> list_visit_types(Session& session, const ListVisitTypes&) {
    PORTAL_TRYV(authorize(session, Action::visit_type_list));
    PORTAL_TRY(rows, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return store::list_visit_types(tx, session.tenant().id);
    }));
    VisitTypeList list;
    for (const auto& row : rows) list.items.push_back(row.view);
    return list;
}

base::Result<store::VisitType> resolve_visit_type(store::Tx& tx, const Session& session,
                                                  std::string_view reference) {
    const auto tenant = session.tenant().id;
    const auto id = base::parse_uuid(reference);
    PORTAL_TRY(found, id ? store::find_visit_type(tx, tenant, *id)
                         : store::find_visit_type_by_title(tx, tenant, reference));
    if (!found) return no_such("visit_type", N_("There is no such visit type here."));
    return *found;
}

}  // namespace portal::service
