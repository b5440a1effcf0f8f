using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Makes a first-run link while nobody has an account with a role; shops of the demo have one without. Each node that starts prints its own, and all of them together make one account.</summary>
sealed class IssueFirstRunLink(GuildhallDb db, TimeProvider clock)
{
    /// <returns>The token to print, or null when the installation already has an account.</returns>
    public async Task<string?> Run(CancellationToken stop)
    {
        if (await db.Set<Account>().AnyAsync(account => account.Roles.Any(), stop)) return null;

        var now = clock.GetUtcNow();
        var (link, token) = FirstRunLink.Issue(now);
        await db.Set<FirstRunLink>().Where(old => old.ExpiresAt <= now).ExecuteDeleteAsync(stop);
        db.Add(link);
        await db.SaveChangesAsync(stop);
        return token;
    }
}
