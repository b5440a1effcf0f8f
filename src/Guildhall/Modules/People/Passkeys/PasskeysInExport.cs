using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>What a person called their passkeys, and since when they have them. The rest of a passkey opens the account and is not for a file.</summary>
sealed class PasskeysInExport(GuildhallDb db) : IFindInDocuments
{
    public IAsyncEnumerable<(string Name, string Json)> PartsOf(Person person, CancellationToken stop) => db.Database
        .SqlQuery<string>($"SELECT json_build_object('name', data ->> 'Name', 'addedAt', data ->> 'CreatedAt')::text AS \"Value\" FROM people.account_passkey WHERE user_id = {person.AccountId}")
        .AsAsyncEnumerable().Select(json => ("A passkey", json));
}
