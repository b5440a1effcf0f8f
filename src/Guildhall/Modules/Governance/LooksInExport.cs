using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Governance;

/// <summary>Each look of the staff at somebody's data, for their export: when, in which role, and at what. Who it was stands on the person's page alone.</summary>
sealed class LooksInExport(GuildhallDb db, EnrollmentLookup enrollment) : IFindInDocuments
{
    public async IAsyncEnumerable<(string Name, string Json)> PartsOf(Person person, [EnumeratorCancellation] CancellationToken stop)
    {
        var looks = await db.LooksAt(person.AccountId, person.SellerId, enrollment, stop);
        await foreach (var entry in looks.OrderBy(entry => entry.Id).AsAsyncEnumerable().WithCancellation(stop))
            yield return ("A look of the staff", JsonSerializer.Serialize(new
            {
                at = entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                role = entry.ActingAs is { } role ? RoleNames.Of(role) : null,
                what = AuditWords.Of(entry),
            }));
    }
}

static class LooksAtPeople
{
    /// <summary>The looks and downloads of others that were about a person or their shop, and files of runs that the shop is in.</summary>
    public static async Task<IQueryable<AuditEntry>> LooksAt(this GuildhallDb db, Guid accountId, Guid? sellerId, EnrollmentLookup enrollment, CancellationToken stop)
    {
        Guid[] subjects = sellerId is { } own ? [accountId, own] : [accountId];
        List<Guid> programs = sellerId is { } seller ? [.. (await enrollment.ParticipationsOf(seller, stop)).Values.Distinct()] : [];
        return db.Set<AuditEntry>().AsNoTracking().Where(entry => (entry.Verb == AuditVerb.Seen || entry.Verb == AuditVerb.Exported) && entry.ActorId != accountId
            && (subjects.Contains(entry.SubjectId) || (entry.Kind == AuditKind.Run && programs.Contains(entry.ProgramId!.Value))));
    }
}
