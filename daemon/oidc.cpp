#include "daemon/oidc.hpp"

#include "base/encoding.hpp"
#include "base/private_file.hpp"
#include "crypto/certificate.hpp"

namespace portal::daemon {
namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (const auto word : base::split(text, ' '))
        if (!word.empty()) words.emplace_back(word);
    return words;
}

identity::ClaimNames claim_names(const config::OpenId& from) {
    identity::ClaimNames names;
    names.subject = from.claim_subject;
    names.national_id = from.claim_national_id;
    names.has_national_id = from.claim_has_national_id;
    names.name = from.claim_name;
    names.given_name = from.claim_given_name;
    names.family_name = from.claim_family_name;
    names.country = from.claim_country;
    names.level = from.claim_level;
    return names;
}

base::Status read_files(const config::OpenId& from, const std::string& table,
                        identity::OidcOptions& options) {
    if (!from.client_secret_file.empty()) {
        PORTAL_TRY(secret, base::read_secret(from.client_secret_file));
        options.client_secret = secret;
    }
    if (from.ca_file.empty()) return {};
    PORTAL_TRY(authorities, base::read_private_file(from.ca_file, base::FileTrust::any));
    if (auto known = crypto::check_authorities(authorities.reveal()); !known) {
        auto error = known.error();
        error.field = table + ".ca_file";
        return error;
    }
    options.ca_file = from.ca_file.string();
    return {};
}

}  // namespace

base::Result<std::optional<identity::OidcOptions>> oidc_options(const config::OpenId& from,
                                                                const std::string& table) {
    if (from.issuer.empty()) return std::optional<identity::OidcOptions>{};
    identity::OidcOptions options;
    options.issuer = from.issuer;
    options.client_id = from.client_id;
    options.secret_in_body = from.client_proof == config::ClientProof::post;
    options.scopes = from.scopes;
    options.match_scopes = from.match_scopes;
    options.acr_values = from.acr_values;
    options.claims = claim_names(from);
    options.levels = words_of(from.levels);
    options.eid_level = from.eid_level;
    options.national_id_country = from.national_id_country;
    for (const auto& name : words_of(from.algorithms))
        if (const auto algorithm = crypto::parse_jws_algorithm(name))
            options.algorithms.push_back(*algorithm);
    for (const auto& parameter : from.extra) {
        const auto equals = parameter.find('=');
        options.extra.emplace_back(parameter.substr(0, equals), parameter.substr(equals + 1));
    }
    PORTAL_TRYV(read_files(from, table, options));
    return std::optional{std::move(options)};
}

std::string origin_of(std::string_view url) {
    const auto host = url.find("://");
    if (host == std::string_view::npos) return {};
    return std::string{url.substr(0, url.find('/', host + 3))};
}

}  // namespace portal::daemon
