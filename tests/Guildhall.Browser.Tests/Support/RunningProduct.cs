using Guildhall.Commands;
using Guildhall.Modules.People;
using Guildhall.Platform.Access;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Guildhall.Browser.Tests.Support;

/// <summary>The product itself, serving on loopback from a database of its own.</summary>
sealed class RunningProduct : IAsyncDisposable
{
    readonly WebApplication app;
    readonly NpgsqlDataSource source;

    RunningProduct(WebApplication app, NpgsqlDataSource source, string host) =>
        (this.app, this.source, Address) = (app, source, new UriBuilder(app.Urls.Single()) { Host = host }.Uri);

    public Uri Address { get; }

    /// <param name="host">What people type: a passkey belongs to a name, never to a number.</param>
    public static async Task<RunningProduct> Start(string database, string host = "127.0.0.1")
    {
        var opened = NpgsqlDataSource.Create(database);
        var started = Serve.CreateApp(opened, "http://127.0.0.1:0", adjust: services => services.AddSingleton(SiteAddress.Parse($"http://{host}").Value));
        await started.StartAsync();
        return new RunningProduct(started, opened, host);
    }

    /// <summary>Where the line that the product prints at its first start leads.</summary>
    public async Task<string> FirstRunPath()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var token = await scope.ServiceProvider.GetRequiredService<IssueFirstRunLink>().Run(CancellationToken.None);
        return $"/first-run/{token.ShouldNotBeNull()}";
    }

    /// <summary>A manager with an account, as an administrator's invitation will make one.</summary>
    public async Task GivenManager(string name, string email, string password)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        var account = new Account(name, email, now) { EmailConfirmed = true };
        account.Grant(Role.Administrator, now);
        account.Grant(Role.Manager, now);
        (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, password)).Succeeded.ShouldBeTrue();
    }

    /// <summary>Somebody with an account who acts for a shop.</summary>
    public async Task GivenShopAccount(string name, string email, string password, Guid sellerId)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var account = new Account(name, email, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow()) { EmailConfirmed = true };
        account.ActFor(sellerId);
        (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, password)).Succeeded.ShouldBeTrue();
    }

    /// <summary>A shop that takes part in nothing and of which the marketplace has sent what an application would ask.</summary>
    /// <param name="signedUp">A condition on signed_up_on.</param>
    public async Task<Guid> AFreeShop(string signedUp) => Guid.Parse((await Ids($"""
        SELECT s.id::text FROM sellers.seller s
        WHERE s.signed_up_on {signedUp} AND s.category IS NOT NULL AND s.languages IS NOT NULL AND s.time_zone IS NOT NULL
          AND NOT EXISTS (SELECT FROM enrollment.participant p WHERE p.seller_id = s.id) AND NOT EXISTS (SELECT FROM enrollment.application a WHERE a.seller_id = s.id)
          AND NOT EXISTS (SELECT FROM people.account a WHERE a.seller_id = s.id) AND EXISTS (SELECT FROM sellers.seller_day d WHERE d.seller_id = s.id)
        ORDER BY s.external_id LIMIT 1
        """)).Single());

    /// <summary>A pair that was approved, its time to undo over, with the shops on its two sides.</summary>
    public async Task<(string Id, Guid Mentee, Guid Mentor)> APairThatIsAsked()
    {
        await using (var command = source.CreateCommand("UPDATE pairing.proposal SET asked_at = now() - interval '1 minute'")) await command.ExecuteNonQueryAsync();
        var found = (await Ids("""
            SELECT concat_ws(' ', p.id, mentee.seller_id, mentor.seller_id) FROM pairing.proposal p JOIN enrollment.participant mentee ON mentee.id = p.mentee_id JOIN enrollment.participant mentor ON mentor.id = p.mentor_id
            WHERE p.state = 'Approved' AND NOT EXISTS (SELECT FROM people.account a WHERE a.seller_id IN (mentee.seller_id, mentor.seller_id)) ORDER BY p.id LIMIT 1
            """)).Single().Split(' ');
        return (found[0], Guid.Parse(found[1]), Guid.Parse(found[2]));
    }

    /// <summary>What the scheduler would do, which runs in no journey.</summary>
    public async Task RunJob(string name)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await ModuleList.All.SelectMany(module => module.Jobs).Single(job => job.Name == name).Run(scope.ServiceProvider, CancellationToken.None);
    }

    /// <summary>The sessions of a pair were an hour ago.</summary>
    public async Task SessionsAreOver(string pairId)
    {
        await using var command = source.CreateCommand($"UPDATE sessions.session SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' WHERE pair_id = '{pairId}'");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The marketplace's ids of sellers who take part in nothing.</summary>
    /// <param name="condition">On a row of sellers.seller.</param>
    public Task<IReadOnlyList<string>> SellersWithoutAProgram(int count, string condition = "true") =>
        Ids($"SELECT external_id FROM sellers.seller s WHERE {condition} AND NOT EXISTS (SELECT FROM enrollment.participant p WHERE p.seller_id = s.id) ORDER BY external_id LIMIT {count}");

    public async Task<(string Mentee, string Mentor)> AMenteeAndAMentor()
    {
        var ids = await Ids("SELECT min(s.external_id) FROM sellers.seller s JOIN enrollment.participant p ON p.seller_id = s.id JOIN programs.program g ON g.id = p.program_id WHERE g.state = 'Open' GROUP BY p.as_mentee IS NULL ORDER BY p.as_mentee IS NULL");
        return (ids[0], ids[1]);
    }

    async Task<IReadOnlyList<string>> Ids(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> ids = [];
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetString(0));
        }
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await source.DisposeAsync();
    }
}
