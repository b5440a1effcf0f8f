using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>Keeps an erased shop from coming back: files that wait are taken away, rows that waited for it are removed, and its reference is known as one that must not come in.</summary>
sealed class ForgetShops(GuildhallDb db, TimeProvider clock) : IForgetPeople
{
    public async Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop)
    {
        if (person.Person.SellerId is null) return null;
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        // No import takes effect between here and the commit: the next one finds the reference.
        await connection.Execute("SELECT pg_advisory_xact_lock($1)", stop, SwitchIn.SwitchLock);
        var now = clock.GetUtcNow();
        foreach (var id in await connection.Values<Guid>("SELECT id FROM sellers.import WHERE state NOT IN ('Done', 'Refused') ORDER BY created_at", stop))
        {
            if (!await connection.Value<bool>("SELECT pg_try_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))", stop, id))
                return Refusal.Conflict("import_running", "A file with sellers’ data is being imported at this moment. Nothing was erased. Try again when it has finished.");
            await RunImport.ThrowAway(connection, id, stop);
            await connection.Execute("UPDATE sellers.import SET state = 'Refused', refusal_code = 'erasure', refusal_message = $2, finished_at = $3 WHERE id = $1", stop,
                id, "A shop’s data were erased while this file waited, and it may hold them, so it was taken away. Nothing was imported. Send a new one.", now);
        }

        await connection.Execute("UPDATE sellers.import_reject SET value = NULL WHERE value IS NOT NULL", stop);
        await connection.Execute("INSERT INTO platform.erasure_key (id, key) VALUES (1, decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')) ON CONFLICT DO NOTHING", stop);
        foreach (var reference in person.References)
        {
            foreach (var kind in ImportKind.All.Where(kind => kind.BelongsToSellers)) await connection.Execute($"DELETE FROM {kind.AsideTable} WHERE external_seller_id = $1", stop, reference);
            await connection.Execute($"INSERT INTO platform.erased_reference (digest, erased_at) VALUES ({ErasedReference.DigestOf("$1")}, $2) ON CONFLICT DO NOTHING", stop, reference, now);
        }

        return null;
    }
}
