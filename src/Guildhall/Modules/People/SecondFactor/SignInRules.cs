using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>What this installation asks of everybody who signs in. Off until an administrator turns it on.</summary>
sealed record SignInRules(bool StaffNeedSecondFactor, DateTimeOffset ChangedAt, Guid ChangedBy)
{
    /// <summary>Always 1: the table holds at most one row, and its key says so.</summary>
    public int Id { get; private set; } = 1;

    public static void Map(EntityTypeBuilder<SignInRules> rules)
    {
        rules.ToTable("sign_in_rules", "people", table => table.HasCheckConstraint("one_set_of_rules", "id = 1"));
        rules.Property(r => r.Id).ValueGeneratedNever();
    }
}

/// <summary>Reads and sets them.</summary>
sealed class DecideSignInRules(GuildhallDb db, TimeProvider clock)
{
    public async Task<bool> StaffNeedSecondFactor(CancellationToken stop) => await db.Set<SignInRules>().Select(rules => rules.StaffNeedSecondFactor).SingleOrDefaultAsync(stop);

    /// <summary>Holds for sessions that are open too, within 60 seconds: each reads its account again (AccountClaims).</summary>
    public Task Run(bool staffNeedIt, Guid by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO people.sign_in_rules (id, staff_need_second_factor, changed_at, changed_by) VALUES (1, {staffNeedIt}, {now}, {by})
            ON CONFLICT (id) DO UPDATE SET staff_need_second_factor = excluded.staff_need_second_factor, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """, stop);
    }
}
