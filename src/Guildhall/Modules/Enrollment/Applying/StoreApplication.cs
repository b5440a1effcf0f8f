using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Saves a changed application with whatever goes with it. Of two who change it at once, the database refuses the second.</summary>
static class StoreApplication
{
    /// <param name="lost">What the second is told.</param>
    public static async Task<Result<Application>> Store(this GuildhallDb db, Application application, Refusal lost, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
            return application;
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            // The page that says so shows what is stored.
            db.ChangeTracker.Clear();
            return lost;
        }
    }
}
