// Visits from a bookable type to a finished meeting: kinds, groups, approval, buffers, rooms,
// waiting lists, calendar feeds, administrators of a unit. Source: C4-C30, C32, C47, D3, L13, L14,
// L31. No new global tables.
#include <array>
#include <string>

#include "store/migrations/migration.hpp"

namespace portal::store {

const Migration& migration_0003();

namespace {

constexpr std::string_view kColumns = R"sql(
ALTER TABLE tenant ADD COLUMN booking_login {text} NOT NULL DEFAULT 'first';
ALTER TABLE tenant ADD COLUMN room_minutes {i64} NOT NULL DEFAULT 15;
ALTER TABLE tenant ADD COLUMN popup_minutes {i64} NOT NULL DEFAULT 5;
ALTER TABLE tenant ADD COLUMN visit_max_minutes {i64} NOT NULL DEFAULT 240;
ALTER TABLE tenant ADD COLUMN warnings {text} NOT NULL DEFAULT '24h';
ALTER TABLE tenant ADD COLUMN nudge {text} NOT NULL DEFAULT '';
ALTER TABLE tenant ADD COLUMN waitlist {i64} NOT NULL DEFAULT 0;
ALTER TABLE tenant ADD COLUMN waitlist_minutes {i64} NOT NULL DEFAULT 120;

ALTER TABLE staff ADD COLUMN administrator {i64} NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN description {text} NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN listed {i64} NOT NULL DEFAULT 0;

ALTER TABLE visit_type ADD COLUMN owner {i64} REFERENCES staff (id);
ALTER TABLE visit_type ADD COLUMN capacity {i64} NOT NULL DEFAULT 1;
ALTER TABLE visit_type ADD COLUMN approval {i64} NOT NULL DEFAULT 0;
ALTER TABLE visit_type ADD COLUMN before_minutes {i64} NOT NULL DEFAULT 0;
ALTER TABLE visit_type ADD COLUMN after_minutes {i64} NOT NULL DEFAULT 0;
ALTER TABLE visit_type ADD COLUMN cancel_minutes {i64} NOT NULL DEFAULT 0;
ALTER TABLE visit_type ADD COLUMN extra_mail {text} NOT NULL DEFAULT '';
ALTER TABLE visit_type ADD COLUMN extra_sms {text} NOT NULL DEFAULT '';

ALTER TABLE availability ADD COLUMN holidays {text} NOT NULL DEFAULT 'open';

ALTER TABLE booking ADD COLUMN kind {text} NOT NULL DEFAULT 'physical';
ALTER TABLE booking ADD COLUMN awaits {text} NOT NULL DEFAULT 'patient';
ALTER TABLE booking ADD COLUMN origin {text} NOT NULL DEFAULT 'patient';
ALTER TABLE booking ADD COLUMN overlap_allowed {i64} NOT NULL DEFAULT 0 CHECK (overlap_allowed IN (0, 1));
ALTER TABLE booking ADD COLUMN before_minutes {i64} NOT NULL DEFAULT 0;
ALTER TABLE booking ADD COLUMN after_minutes {i64} NOT NULL DEFAULT 0;
ALTER TABLE booking ADD COLUMN cancel_minutes {i64} NOT NULL DEFAULT 0;
ALTER TABLE booking ADD COLUMN group_visit {i64} REFERENCES group_visit (id);
ALTER TABLE booking ADD COLUMN message_sealed {blob};
CREATE INDEX membership_name ON membership (tenant, role, last_name, first_name, id);
CREATE INDEX booking_open ON booking (ends) WHERE state IN ('unconfirmed', 'confirmed');
)sql";

constexpr std::string_view kTables = R"sql(
CREATE TABLE group_visit (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    staff {i64} NOT NULL REFERENCES staff (id),
    visit_type {i64} NOT NULL REFERENCES visit_type (id),
    starts {i64} NOT NULL,
    ends {i64} NOT NULL,
    capacity {i64} NOT NULL CHECK (capacity >= 1),
    taken {i64} NOT NULL CHECK (taken >= 0 AND taken <= capacity),
    UNIQUE (staff, visit_type, starts)
) {strict};

CREATE TABLE slot_hold (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    staff {i64} NOT NULL REFERENCES staff (id),
    visit_type {i64} NOT NULL REFERENCES visit_type (id),
    starts {i64} NOT NULL,
    ends {i64} NOT NULL,
    until {i64} NOT NULL,
    CHECK (ends > starts AND ends - starts <= 14400000)
) {strict};
CREATE INDEX slot_hold_staff ON slot_hold (staff, starts);
CREATE INDEX slot_hold_until ON slot_hold (until);

CREATE TABLE waitlist_entry (
    id {pk},
    public_id {blob} NOT NULL UNIQUE,
    tenant {i64} NOT NULL REFERENCES tenant (id),
    visit_type {i64} NOT NULL REFERENCES visit_type (id),
    staff {i64} REFERENCES staff (id),
    patient {i64} NOT NULL REFERENCES membership (id),
    state {text} NOT NULL CHECK (state IN ('waiting', 'booked', 'left')),
    created_at {i64} NOT NULL,
    ended_at {i64},
    version {i64} NOT NULL DEFAULT 1
) {strict};
CREATE UNIQUE INDEX waitlist_entry_live ON waitlist_entry (visit_type, patient)
    WHERE state = 'waiting';
CREATE INDEX waitlist_entry_tenant ON waitlist_entry (tenant, visit_type, state, id);
CREATE INDEX waitlist_entry_patient ON waitlist_entry (patient);

CREATE TABLE waitlist_offer (
    id {pk},
    public_id {blob} NOT NULL UNIQUE,
    tenant {i64} NOT NULL REFERENCES tenant (id),
    entry {i64} NOT NULL REFERENCES waitlist_entry (id),
    hold {i64} NOT NULL,
    staff {i64} NOT NULL REFERENCES staff (id),
    starts {i64} NOT NULL,
    ends {i64} NOT NULL,
    until {i64} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('open', 'taken', 'lost', 'declined', 'expired')),
    created_at {i64} NOT NULL
) {strict};
CREATE INDEX waitlist_offer_entry ON waitlist_offer (entry);
CREATE INDEX waitlist_offer_hold ON waitlist_offer (tenant, hold);
CREATE INDEX waitlist_offer_open ON waitlist_offer (until) WHERE state = 'open';

CREATE TABLE room_entry (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    booking {i64} NOT NULL REFERENCES booking (id),
    membership {i64} NOT NULL REFERENCES membership (id),
    token_hash {blob} NOT NULL UNIQUE,
    entered_at {i64} NOT NULL,
    seen_at {i64} NOT NULL,
    left_at {i64}
) {strict};
CREATE UNIQUE INDEX room_entry_live ON room_entry (booking, membership) WHERE left_at IS NULL;

CREATE TABLE calendar_feed (
    id {pk},
    public_id {blob} NOT NULL UNIQUE,
    tenant {i64} NOT NULL REFERENCES tenant (id),
    membership {i64} NOT NULL REFERENCES membership (id),
    token_hash {blob} NOT NULL UNIQUE,
    created_at {i64} NOT NULL,
    fetched_at {i64},
    revoked_at {i64}
) {strict};
CREATE INDEX calendar_feed_membership ON calendar_feed (membership);

CREATE TABLE booking_link (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    booking {i64} NOT NULL REFERENCES booking (id),
    token_hash {blob} NOT NULL UNIQUE,
    created_at {i64} NOT NULL,
    expires_at {i64} NOT NULL
) {strict};
CREATE INDEX booking_link_booking ON booking_link (booking);
CREATE INDEX booking_link_expires ON booking_link (expires_at);
)sql";

/// Visits of one group share their time; one that overlaps on purpose (L14) looks at nothing, but
/// whoever comes later looks at it. A held time is refused until it runs out. Both engines mean the
/// same; an update is looked at when it makes the visit live or moves it.
constexpr std::string_view kSqlite = R"sql(
DROP TRIGGER booking_no_overlap_insert;
DROP TRIGGER booking_no_overlap_update;
CREATE TRIGGER booking_no_overlap_insert BEFORE INSERT ON booking
WHEN NEW.state IN ('unconfirmed', 'confirmed') AND NEW.overlap_allowed = 0
BEGIN
    SELECT RAISE(ABORT, 'overlap') FROM booking
    WHERE staff = NEW.staff AND starts > NEW.starts - 14400000 AND starts < NEW.ends
      AND ends > NEW.starts AND state IN ('unconfirmed', 'confirmed')
      AND (group_visit IS NULL OR group_visit IS NOT NEW.group_visit);
    SELECT RAISE(ABORT, 'overlap') FROM slot_hold
    WHERE staff = NEW.staff AND starts > NEW.starts - 14400000 AND starts < NEW.ends
      AND ends > NEW.starts AND until > NEW.changed_at;
END;
CREATE TRIGGER booking_no_overlap_update BEFORE UPDATE OF starts, ends, staff, state ON booking
WHEN NEW.state IN ('unconfirmed', 'confirmed') AND NEW.overlap_allowed = 0
  AND (OLD.state NOT IN ('unconfirmed', 'confirmed') OR OLD.starts <> NEW.starts
       OR OLD.ends <> NEW.ends OR OLD.staff <> NEW.staff)
BEGIN
    SELECT RAISE(ABORT, 'overlap') FROM booking
    WHERE staff = NEW.staff AND starts > NEW.starts - 14400000 AND starts < NEW.ends
      AND ends > NEW.starts AND state IN ('unconfirmed', 'confirmed') AND id <> NEW.id
      AND (group_visit IS NULL OR group_visit IS NOT NEW.group_visit);
    SELECT RAISE(ABORT, 'overlap') FROM slot_hold
    WHERE staff = NEW.staff AND starts > NEW.starts - 14400000 AND starts < NEW.ends
      AND ends > NEW.starts AND until > NEW.changed_at;
END;
)sql";

/// The constraint alone decides between visits that overlap nothing on purpose; the trigger looks
/// at those that do and at held times. Two at once are then as if the ordinary one came first.
constexpr std::string_view kPostgres = R"sql(
ALTER TABLE booking DROP CONSTRAINT booking_no_overlap;
ALTER TABLE booking ADD CONSTRAINT booking_no_overlap
    EXCLUDE USING gist (staff WITH =, int8range(starts, ends) WITH &&,
                        (COALESCE(-group_visit, id)) WITH <>)
    WHERE (state IN ('unconfirmed', 'confirmed') AND overlap_allowed = 0);
CREATE FUNCTION booking_no_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state NOT IN ('unconfirmed', 'confirmed') OR NEW.overlap_allowed = 1 THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state IN ('unconfirmed', 'confirmed')
       AND OLD.starts = NEW.starts AND OLD.ends = NEW.ends AND OLD.staff = NEW.staff THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM booking
               WHERE staff = NEW.staff AND starts > NEW.starts - 14400000 AND starts < NEW.ends
                 AND ends > NEW.starts AND state IN ('unconfirmed', 'confirmed') AND overlap_allowed = 1
                 AND id <> NEW.id
                 AND (group_visit IS NULL OR group_visit IS DISTINCT FROM NEW.group_visit))
       OR EXISTS (SELECT 1 FROM slot_hold
                  WHERE staff = NEW.staff AND starts > NEW.starts - 14400000
                    AND starts < NEW.ends AND ends > NEW.starts AND until > NEW.changed_at) THEN
        RAISE EXCEPTION 'overlap' USING ERRCODE = '23P01';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER booking_no_overlap BEFORE INSERT OR UPDATE OF starts, ends, staff, state ON booking
    FOR EACH ROW EXECUTE FUNCTION booking_no_overlap();
)sql";

}  // namespace

const Migration& migration_0003() {
    static const std::string common = std::string{kTables} + std::string{kColumns};
    static const Migration migration{3, "visits", common, kSqlite, kPostgres, 3, {}};
    return migration;
}

}  // namespace portal::store
