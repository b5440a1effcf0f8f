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

    /// <summary>The marketplace's ids of sellers who take part in nothing.</summary>
    public Task<IReadOnlyList<string>> SellersWithoutAProgram(int count) =>
        Ids($"SELECT external_id FROM sellers.seller s WHERE NOT EXISTS (SELECT FROM enrollment.participant p WHERE p.seller_id = s.id) ORDER BY external_id LIMIT {count}");

    public async Task<(string Mentee, string Mentor)> AMenteeAndAMentor()
    {
        var ids = await Ids("SELECT min(s.external_id) FROM sellers.seller s JOIN enrollment.participant p ON p.seller_id = s.id GROUP BY p.as_mentee IS NULL ORDER BY p.as_mentee IS NULL");
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
