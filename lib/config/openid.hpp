// The settings of one OpenID Connect provider; [mitid] and [oidc] are two of them.
// Thread rule: plain values. Source: P1, C48, X3.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace portal::config {

enum class ClientProof { basic, post };

/// Lists that have defaults are texts with spaces between their items.
struct OpenId {
    std::string issuer;  // empty: this provider is not there
    std::vector<std::string> origins;
    std::string client_id;
    std::filesystem::path client_secret_file;
    ClientProof client_proof = ClientProof::basic;
    std::string label;
    std::string scopes = "openid profile";
    std::string match_scopes;
    std::string acr_values;
    std::string algorithms = "ES256 RS256 PS256";
    std::vector<std::string> extra;
    std::string levels;
    std::string eid_level;
    std::string claim_level = "acr";
    std::string claim_subject = "sub";
    std::string claim_national_id;
    std::string claim_has_national_id;
    std::string national_id_country = "se";
    std::string claim_country;
    std::string claim_name = "name";
    std::string claim_given_name = "given_name";
    std::string claim_family_name = "family_name";
    std::filesystem::path ca_file;
};

/// MitID as its brokers have it.
inline OpenId mitid_defaults() {
    OpenId mitid;
    mitid.label = "MitID";
    mitid.scopes = "openid mitid";
    mitid.match_scopes = "openid mitid ssn";
    mitid.levels =
        "https://data.gov.dk/concept/core/nsis/Low "
        "https://data.gov.dk/concept/core/nsis/Substantial "
        "https://data.gov.dk/concept/core/nsis/High";
    mitid.eid_level = "https://data.gov.dk/concept/core/nsis/Substantial";
    mitid.claim_level = "loa";
    mitid.claim_national_id = "dk.cpr";
    mitid.claim_has_national_id = "mitid.has_cpr";
    mitid.national_id_country = "dk";
    mitid.claim_name = "mitid.identity_name";
    return mitid;
}

}  // namespace portal::config
