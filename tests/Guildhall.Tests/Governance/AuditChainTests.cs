using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Guildhall.Tests.Governance;

/// <summary>The chain of the audit trail: made in one order however many write, never changed, and telling when somebody did.</summary>
public sealed class AuditChainTests(TestPostgres postgres) : IAsyncLifetime
{
    const string Unlock = "ALTER TABLE platform.audit_entry DISABLE TRIGGER only_added; ALTER TABLE platform.audit_link DISABLE TRIGGER only_added; ";

    readonly DatabaseFixture database = new(postgres);
    ServiceProvider services = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        services = database.BuildServices();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Is_whole_after_many_wrote_and_sealed_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await Write(5);
            await Seal();
        }));
        await Seal();

        var check = await Check();

        check.Broken.ShouldBeNull();
        (check.Rows, check.Waiting).ShouldBe((40, 0));
        check.Told.ShouldStartWith("Checked 40 rows, chain whole since");
    }

    [Fact]
    public async Task Is_computed_by_the_database_as_by_us_whatever_a_row_holds()
    {
        await using (var scope = services.CreateAsyncScope())
        {
            var (trail, db) = (scope.ServiceProvider.GetRequiredService<AuditTrail>(), scope.ServiceProvider.GetRequiredService<GuildhallDb>());
            trail.Add(Actor.Product, AuditVerb.Removed, AuditSubject.The(AuditKind.Retention));
            trail.Add(new Actor(Guid.CreateVersion7(), "x") { Role = Role.Auditor }, AuditVerb.Seen, AuditSubject.Seller(Guid.CreateVersion7(), Guid.CreateVersion7()), "name", "figures.v2", "a-b");
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await trail.Saw(new Actor(Guid.CreateVersion7(), "x") { Role = Role.Manager }, AuditSubject.Seller(Guid.CreateVersion7()), TestContext.Current.CancellationToken, "answers");
        }

        await Seal();

        (await Check()).ShouldSatisfyAllConditions(check => check.Broken.ShouldBeNull(), check => check.Rows.ShouldBe(3));
    }

    [Theory]
    [InlineData("UPDATE platform.audit_entry SET verb = 'Exported' WHERE id = (SELECT entry_id FROM platform.audit_link WHERE position = 4)", "the row at place 4 was changed")]
    [InlineData("UPDATE platform.audit_entry SET at = at + interval '1 microsecond' WHERE id = (SELECT entry_id FROM platform.audit_link WHERE position = 1)", "the row at place 1 was changed")]
    [InlineData("UPDATE platform.audit_entry SET codes = '{}' WHERE id = (SELECT entry_id FROM platform.audit_link WHERE position = 10)", "the row at place 10 was changed")]
    [InlineData("DELETE FROM platform.audit_entry WHERE id = (SELECT entry_id FROM platform.audit_link WHERE position = 5)", "the row at place 5 was removed")]
    [InlineData("DELETE FROM platform.audit_link WHERE position = 5", "place 5 was removed")]
    [InlineData("DELETE FROM platform.audit_entry e USING platform.audit_link l WHERE l.entry_id = e.id AND l.position > 7; DELETE FROM platform.audit_link WHERE position > 7", "it ends at place 7")]
    [InlineData("UPDATE platform.audit_link SET position = -1 WHERE position = 3; UPDATE platform.audit_link SET position = 3 WHERE position = 6; UPDATE platform.audit_link SET position = 6 WHERE position = -1", "the row at place 3 was changed, or stood elsewhere")]
    [InlineData("DELETE FROM platform.audit_link WHERE position = 10; UPDATE platform.audit_head h SET position = 9, digest = l.digest FROM platform.audit_link l WHERE l.position = 9", "a row stands beside it that was never sealed")]
    public async Task Tells_what_was_done_to_it(string tampering, string told)
    {
        await Write(10);
        await Seal();
        (await Check()).Broken.ShouldBeNull();

        await database.ExecuteAsync(Unlock + tampering);

        (await Check()).Broken.ShouldNotBeNull().ShouldContain(told);
    }

    [Fact]
    public async Task Tells_by_a_head_written_down_elsewhere_that_all_of_it_was_made_anew()
    {
        await Write(6);
        await Seal();
        var head = (await Check()).Head;
        await database.ExecuteAsync(Unlock + "UPDATE platform.audit_entry SET verb = 'Exported'; INSERT INTO platform.audit_pending SELECT entry_id FROM platform.audit_link; DELETE FROM platform.audit_link; UPDATE platform.audit_head SET position = 0, digest = ''");
        await Seal();

        var (alone, against) = (await Check(), await Check(head));

        alone.Broken.ShouldBeNull("the chain is whole in itself");
        against.Broken.ShouldNotBeNull().ShouldContain("written down");
    }

    [Theory]
    [InlineData("UPDATE platform.audit_entry SET verb = 'Seen'")]
    [InlineData("DELETE FROM platform.audit_entry")]
    [InlineData("TRUNCATE platform.audit_entry")]
    [InlineData("UPDATE platform.audit_link SET digest = ''")]
    [InlineData("DELETE FROM platform.audit_link")]
    public async Task Lets_nobody_change_it(string sql)
    {
        await Write(1);

        (await Should.ThrowAsync<PostgresException>(database.ExecuteAsync(sql))).MessageText.ShouldBe("The audit trail is only added to.");
    }

    [Fact]
    public async Task Is_not_written_where_the_effect_is_not_stored()
    {
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(Actor.Product, AuditVerb.Changed, AuditSubject.The(AuditKind.Charter));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await database.ScalarAsync<long>("SELECT count(*) FROM platform.audit_entry")).ShouldBe(0);
        (await database.ScalarAsync<long>("SELECT count(*) FROM platform.audit_pending")).ShouldBe(0);
    }

    [Fact]
    public void Takes_codes_and_no_words()
    {
        Should.Throw<ArgumentException>(() => new AuditEntry(DateTimeOffset.UtcNow, Guid.Empty, null, AuditVerb.Seen, AuditKind.Seller, Guid.Empty, null, ["ana@example.com"]));
        Should.Throw<ArgumentException>(() => new AuditEntry(DateTimeOffset.UtcNow, Guid.Empty, null, AuditVerb.Seen, AuditKind.Seller, Guid.Empty, null, ["Ana Souza"]));
    }

    async Task Write(int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(new Actor(Guid.CreateVersion7(), "x") { Role = Role.Manager }, AuditVerb.Seen, AuditSubject.Seller(Guid.CreateVersion7()), "name", "answers");
            await scope.ServiceProvider.GetRequiredService<GuildhallDb>().SaveChangesAsync(TestContext.Current.CancellationToken);
        }
    }

    Task<int> Seal() => AuditWorker.Seal(services.GetRequiredService<IDbContextFactory<GuildhallDb>>(), TimeProvider.System, TestContext.Current.CancellationToken);

    async Task<AuditCheck> Check(string? head = null)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<VerifyAudit>().Run(TestContext.Current.CancellationToken, head);
    }
}
