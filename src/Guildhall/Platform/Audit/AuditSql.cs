namespace Guildhall.Platform.Audit;

/// <summary>What the model can't say of the audit trail: that rows wait to be sealed, that they are sealed in one order, and that nothing of it changes (decision 0019).</summary>
static class AuditSql
{
    public const string Chain = """
        CREATE FUNCTION platform.refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'The audit trail is only added to.' USING ERRCODE = 'restrict_violation'; END $$;
        CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON platform.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change_of_audit();
        CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON platform.audit_link FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change_of_audit();
        CREATE FUNCTION platform.queue_audit() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO platform.audit_pending (entry_id) VALUES (NEW.id); RETURN NULL; END $$;
        CREATE TRIGGER waits_to_be_sealed AFTER INSERT ON platform.audit_entry FOR EACH ROW EXECUTE FUNCTION platform.queue_audit();
        INSERT INTO platform.audit_head (id, position, digest) VALUES (1, 0, ''::bytea);
        CREATE FUNCTION platform.seal_audit(sealed_at timestamptz, most integer) RETURNS integer LANGUAGE plpgsql AS $$
        DECLARE
            head platform.audit_head;
            entry platform.audit_entry;
            sealed integer := 0;
        BEGIN
            SELECT * INTO head FROM platform.audit_head WHERE id = 1 FOR UPDATE;
            FOR entry IN SELECT e.* FROM platform.audit_pending p JOIN platform.audit_entry e ON e.id = p.entry_id ORDER BY e.at, e.id LIMIT most LOOP
                head.position := head.position + 1;
                head.digest := sha256(head.digest || convert_to(concat_ws('|',
                    entry.id, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.actor_id, coalesce(entry.acting_as, ''), entry.verb, entry.kind, entry.subject_id, coalesce(entry.program_id::text, ''), array_to_string(entry.codes, ',')), 'UTF8'));
                INSERT INTO platform.audit_link (position, entry_id, digest, sealed_at) VALUES (head.position, entry.id, head.digest, $1);
                DELETE FROM platform.audit_pending WHERE entry_id = entry.id;
                sealed := sealed + 1;
            END LOOP;
            IF sealed > 0 THEN UPDATE platform.audit_head SET position = head.position, digest = head.digest WHERE id = 1; END IF;
            RETURN sealed;
        END $$;
        """;
}
