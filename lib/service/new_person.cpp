#include "service/new_person.hpp"

#include "base/ids.hpp"
#include "domain/email.hpp"
#include "domain/login_name.hpp"
#include "domain/phone.hpp"
#include "service/identity.hpp"
#include "service/record_audit.hpp"
#include "store/column.hpp"
#include "text/unicode.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;
using store::IdentifierKind;
using store::Membership;

template <class T>
base::Result<T> at_field(base::Result<T> result, std::string field) {
    if (result) return result;
    auto error = std::move(result).error();
    error.field = std::move(field);
    return error;
}

Region region_of(Country country) {
    return country == Country::dk ? Region::dk : Region::se;
}

/// An identifier that somebody else here has, as one of the command's fields.
struct Taken {
    const char* field = nullptr;
    store::Identifier identifier;
};
base::Error taken_by(const Session& session, const std::vector<Membership>& owners,
                     store::Role wanted, bool email) {
    const auto id = base::format_uuid(owners.front().public_id);
    const auto& slug = session.tenant().slug;
    auto error = base::make_error(base::ErrorCode::conflict,
                                  email ? N_("Somebody else here has this e-mail address: {1}.")
                                        : N_("Somebody else here has this login name: {1}."),
                                  {id});
    for (const auto& each : owners)
        if (each.role == wanted)
            return error.with_hint("portalctl user show -T " + slug + " " + id);
    auto line =
        "portalctl user link -T " + slug + " --user " + id + " --role " + store::enum_text(wanted);
    if (wanted == store::Role::staff) line += " --title TITLE";
    return error.with_hint("if that is the same person: " + line);
}

/// The same address may be two people's: alone it never makes one account of them. Whoever keeps
/// the records is told whom to look at; nobody else is.
base::Status refuse_taken(store::Tx& tx, const Session& session, const Membership& wanted,
                          const Taken& taken) {
    const auto tenant = session.tenant().id;
    const bool email = taken.identifier.kind == IdentifierKind::email;
    auto error = base::make_error(base::ErrorCode::conflict,
                                  email ? N_("Somebody else here has this e-mail address.")
                                        : N_("Somebody else here has this login name."));
    PORTAL_TRY(account, store::find_account_by(tx, tenant, taken.identifier));
    PORTAL_TRY(owners, store::list_memberships_of(tx, tenant, account.value_or(base::AccountId{})));
    const auto who = session.who().kind;
    if ((who == Principal::operator_ || who == Principal::staff) && !owners.empty())
        error = taken_by(session, owners, wanted.role, email);
    error.field = taken.field;
    return error;
}

base::Result<Membership> get_namesake(store::Tx& tx, const Session& session,
                                      const Membership& wanted) {
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, wanted.account));
    for (const auto& member : members)
        if (member.role == wanted.role) return member;
    return base::make_error(base::ErrorCode::internal, {});
}

base::Status add_identifiers(store::Tx& tx, const Session& session, const NewPerson& person) {
    for (const auto& each : {Taken{"email", {IdentifierKind::email, person.folded_email}},
                             Taken{"login_name", {IdentifierKind::login, person.folded_login}}}) {
        if (each.identifier.folded.empty()) continue;
        PORTAL_TRY(free, store::insert_identifier(tx, session.tenant().id, person.member.account,
                                                  each.identifier));
        if (free) continue;
        return refuse_taken(tx, session, person.member, each);
    }
    return {};
}

}  // namespace

base::Status check_name(const char* field, const std::string& name) {
    constexpr std::int64_t kMost = 60;
    auto fits = base::check_text({field, field, base::kPersonal, 1, kMost},
                                 base::type_of<std::string>(), name);
    if (fits) return {};
    auto error = std::move(fits).error();
    error.field = field;
    return error;
}

base::Result<base::Email> parse_address(const base::Email& typed) {
    return at_field(parse_email(typed.reveal()), "email");
}

base::Result<std::string> fold_address(const base::Email& email) {
    return at_field(text::fold(canonical_email(email)), "email");
}

base::Result<base::Phone> parse_mobile(const Session& session, const base::Phone& typed) {
    PORTAL_TRY(phone, at_field(parse_phone(typed.reveal(), region_of(session.tenant().country)),
                               "mobile"));
    if (!may_receive_sms(phone)) return base::invalid("mobile", N_("This is no mobile number."));
    return phone;
}

base::Result<std::string> parse_login(std::string_view typed) {
    PORTAL_TRY(name, at_field(parse_login_name(typed), "login_name"));
    return at_field(text::fold(name), "login_name");
}

base::Result<ParsedNationalId> parse_number(const Session& session, const base::NationalId& typed) {
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    return at_field(parse_national_id(typed.reveal(), session.tenant().country,
                                      zone.to_local_day(session.now())),
                    "national_id");
}

base::Result<NewPerson> parse_person(const Session& session, store::Role role,
                                     const PersonFields& fields) {
    NewPerson person;
    auto& member = person.member;
    member.public_id = base::make_uuid(session.services().random);
    member.role = role;
    member.first_name = fields.first_name;
    member.last_name = fields.last_name;
    member.created_at = session.now();
    member.language = fields.language.value_or(session.tenant().language);
    member.is_protected = fields.protected_identity;
    if (fields.email) {
        PORTAL_TRY(email, parse_address(*fields.email));
        PORTAL_TRY(folded, fold_address(email));
        member.email = email;
        person.folded_email = folded;
    }
    if (fields.mobile) {
        PORTAL_TRY(mobile, parse_mobile(session, *fields.mobile));
        member.mobile = mobile;
    }
    if (fields.login_name) {
        PORTAL_TRY(folded, parse_login(*fields.login_name));
        person.folded_login = folded;
    }
    if (fields.national_id) {
        PORTAL_TRY(number, parse_number(session, *fields.national_id));
        person.national_id = number;
    }
    return person;
}

base::Result<base::AccountId> choose_account(store::Tx& tx, const Session& session,
                                             const NewPerson& person,
                                             std::optional<base::AccountId> known) {
    if (known) return *known;
    if (person.national_id) return insert_identified_account(tx, session, *person.national_id);
    return store::insert_account(tx, session.now());
}

base::Result<base::MembershipId> add_member(store::Tx& tx, const Session& session,
                                            NewPerson& person,
                                            std::optional<base::AccountId> known) {
    PORTAL_TRY(account, choose_account(tx, session, person, known));
    person.member.account = account;
    PORTAL_TRY(made, store::insert_membership(tx, session.tenant().id, person.member));
    if (!made) {
        PORTAL_TRY(namesake, get_namesake(tx, session, person.member));
        return here_already(session, namesake);
    }
    person.member.id = *made;
    PORTAL_TRYV(add_identifiers(tx, session, person));
    return *made;
}

base::Status note_known_account(store::Tx& tx, const Session& session, base::AccountId account) {
    return record_act(tx, session, base::TenantId{}, {"account.known", "account", account.value});
}

base::Error here_already(const Session& session, const Membership& member) {
    const auto id = base::format_uuid(member.public_id);
    return base::make_error(base::ErrorCode::conflict, N_("This person is here already: {1}."),
                            {id})
        .with_hint("portalctl user show -T " + session.tenant().slug + " " + id);
}

base::Result<std::optional<base::AccountId>> find_known(const Session& session,
                                                        const std::optional<ParsedNationalId>& id) {
    if (!id) return std::optional<base::AccountId>{};
    return find_account_of(session.services(), id->canonical.reveal());
}

bool is_race(const base::Status& added) {
    return !added && added.error().key == kIdentityRaced;
}

}  // namespace portal::service
