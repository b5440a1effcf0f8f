using System.Net;
using Guildhall.Commands;
using Guildhall.Modules.People;
using Guildhall.Platform.Access;
using Guildhall.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Guildhall.Tests.Support;

/// <summary>The whole product, listening on a free loopback port over a database of its own: <c>class MyTests(RunningProduct product) : IClassFixture&lt;RunningProduct&gt;</c>.</summary>
public sealed class RunningProduct(TestPostgres postgres) : IAsyncLifetime
{
    public const string ManagerEmail = "dana@example.com";
    public const string Password = "lantern orchard thimble";

    WebApplication app = null!;
    Browser? manager;

    public DatabaseFixture Database { get; } = new(postgres);

    internal MovableClock Clock { get; } = new();

    /// <summary>The proxies whose headers count. None, as in a new installation.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>What else is different at the edges: mail, outside HTTP.</summary>
    internal Action<IServiceCollection>? Adjust { get; init; }

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        app = AnotherNode();
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A node over the same database, by the same clock, not started yet.</summary>
    public WebApplication AnotherNode() =>
        Serve.CreateApp(Database.Source, "http://127.0.0.1:0", Proxies, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            // A hash that is hard to try takes long to make, and the tests of a run sign in a thousand times.
            services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
            Adjust?.Invoke(services);
        });

    public async ValueTask DisposeAsync()
    {
        manager?.Dispose();
        await app.StopAsync(TestContext.Current.CancellationToken);
        await app.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Somebody who has not signed in.</summary>
    public Browser Visitor() => new(Address);

    /// <summary>The administrator and manager who set the installation up, signed in. One for all tests of a class.</summary>
    public async Task<Browser> Manager()
    {
        if (manager is not null) return manager;
        var browser = Visitor();
        var answer = await browser.Post($"/first-run/{await NewFirstRunLink()}", ("Name", "Dana Reyes"), ("Email", ManagerEmail), ("Password", Password));
        answer.Location.ShouldBe("/settings/marketplace");
        return manager = browser;
    }

    /// <summary>A further manager, signed in. The product has no page yet that makes one.</summary>
    public Task<Browser> AnotherManager(string name, string email) => Another(name, email, Role.Manager);

    /// <summary>A further person with these roles, signed in.</summary>
    internal Task<Browser> Another(string name, string email, params Role[] roles) => Another(name, email, account =>
    {
        foreach (var role in roles) account.Grant(role, Clock.GetUtcNow());
    });

    /// <summary>A further person, made as <paramref name="grant"/> says, signed in.</summary>
    internal async Task<Browser> Another(string name, string email, Action<Account> grant)
    {
        await Manager();
        await using (var scope = Services.CreateAsyncScope())
        {
            var account = new Account(name, email, Clock.GetUtcNow()) { EmailConfirmed = true };
            grant(account);
            (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password)).Succeeded.ShouldBeTrue();
        }

        var browser = Visitor();
        (await browser.SignIn(email, Password)).Status.ShouldBe(HttpStatusCode.Redirect);
        return browser;
    }

    public async Task<string> NewFirstRunLink() =>
        await Ask<IssueFirstRunLink, string?>(issue => issue.Run(TestContext.Current.CancellationToken)) ?? throw new InvalidOperationException("There is an account already.");

    /// <summary>Calls a use case as a request would, in a scope of its own.</summary>
    internal async Task<TAnswer> Ask<TUseCase, TAnswer>(Func<TUseCase, Task<TAnswer>> call) where TUseCase : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<TUseCase>());
    }
}
