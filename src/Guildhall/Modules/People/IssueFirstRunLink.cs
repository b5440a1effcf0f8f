using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Makes a first-run link while nobody has an account. A newer link closes the older ones.</summary>
sealed class IssueFirstRunLink(GuildhallDb db, TimeProvider clock)
{
    /// <returns>The token to print, or null when the installation already has an account.</returns>
    public async Task<string?> Run(CancellationToken stop)
    {
        if (await db.Set<Account>().AnyAsync(stop)) return null;

        var (link, token) = FirstRunLink.Issue(clock.GetUtcNow());
        await db.Set<FirstRunLink>().Where(old => old.UsedAt == null).ExecuteDeleteAsync(stop);
        db.Add(link);
        await db.SaveChangesAsync(stop);
        return token;
    }
}
