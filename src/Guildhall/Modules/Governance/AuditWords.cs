using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Governance;

/// <summary>How the pages say what the trail keeps as codes.</summary>
static class AuditWords
{
    public static string Of(AuditVerb verb) => verb switch
    {
        AuditVerb.Seen => "Saw",
        AuditVerb.Exported => "Downloaded",
        AuditVerb.Changed => "Changed",
        AuditVerb.Decided => "Decided",
        AuditVerb.Reviewed => "Reviewed",
        AuditVerb.RoleGiven => "Gave a role",
        AuditVerb.RoleTaken => "Took a role away",
        AuditVerb.Suspended => "Suspended",
        AuditVerb.Restored => "Let in again",
        AuditVerb.Invited => "Invited",
        AuditVerb.Published => "Published",
        AuditVerb.Withdrawn => "Took back",
        AuditVerb.ErasureAsked => "Asked to be deleted",
        AuditVerb.Erased => "Deleted",
        AuditVerb.Removed => "Removed what was kept long enough",
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "No such verb."),
    };

    public static string Of(AuditKind kind) => kind switch
    {
        AuditKind.Run => "A run of the matching",
        AuditKind.Charter => "The charter",
        AuditKind.Program => "A program’s rules",
        AuditKind.Marketplace => "The marketplace",
        AuditKind.Retention => "What is kept for a while",
        AuditKind.Account => "An account",
        AuditKind.Application => "An application",
        _ => "A shop",
    };

    /// <summary>"Saw name, answers".</summary>
    public static string Of(AuditEntry entry) => entry.Codes.Length == 0 ? Of(entry.Verb) : $"{Of(entry.Verb)}: {string.Join(", ", entry.Codes.Select(code => code.Replace('-', ' ')))}";

    public static async Task<TimeZoneInfo> Zone(this GuildhallDb db, CancellationToken stop) =>
        await db.Set<Marketplace>().Select(marketplace => marketplace.TimeZone).SingleOrDefaultAsync(stop) is { } name && TimeZones.Find(name) is { } zone ? zone : TimeZoneInfo.Utc;
}
