#include "service/session.hpp"

#include "store/column.hpp"

namespace portal::service {

std::string Principal::actor() const {
    switch (kind) {
        case patient:
        case relative:
        case staff:
            return "member:" + std::to_string(person.id.value);
        case operator_:
            return "uid:" + std::to_string(uid);
        case job:
            return "job";
        case nobody:
            break;
    }
    return "nobody";
}

text::Language to_text(domain::Language language) {
    return text::parse_language(store::enum_text(language)).value_or(text::Language::en);
}

domain::Language to_domain(text::Language language) {
    return store::text_enum(text::format_language(language), domain::Language::en);
}

std::string tenant_url(const Options& options, const store::Tenant& tenant) {
    auto url = options.public_scheme + "://" + tenant.host;
    if (options.public_port != 0) url += ":" + std::to_string(options.public_port);
    return url;
}

base::Result<store::Tenant> find_tenant_of_host(const Services& services, std::string_view host) {
    PORTAL_TRY(found, services.store.system_read(
                          [&](store::Tx& tx) { return store::find_tenant_by_host(tx, host); }));
    if (!found) return base::make_error(base::ErrorCode::misdirected, {});
    return *std::move(found);
}

base::Result<store::Tenant> find_tenant_of_slug(const Services& services, std::string_view slug) {
    PORTAL_TRY(found, services.store.system_read(
                          [&](store::Tx& tx) { return store::find_tenant_by_slug(tx, slug); }));
    if (!found)
        return base::make_error(base::ErrorCode::not_found, base::N_("There is no such tenant."))
            .with_hint("portalctl tenant list");
    return *std::move(found);
}

}  // namespace portal::service
