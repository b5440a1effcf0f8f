using Guildhall.Browser.Tests.Support;
using Guildhall.Commands;
using Guildhall.Commands.Demo;
using Guildhall.Tests.Support;
using Npgsql;

[assembly: AssemblyFixture(typeof(DemoMarketplaceLoaded))]

namespace Guildhall.Browser.Tests.Support;

/// <summary>The demo marketplace, loaded once a run; every journey gets a copy of its database.</summary>
public sealed class DemoMarketplaceLoaded : IDisposable
{
    readonly SemaphoreSlim one = new(1);
    string? template;

    public async Task<string> CopyAsync(TestPostgres postgres)
    {
        await one.WaitAsync();
        try
        {
            template ??= await LoadAsync(postgres);
        }
        finally
        {
            one.Release();
        }
        return await postgres.CloneDatabaseAsync(template);
    }

    public void Dispose() => one.Dispose();

    static async Task<string> LoadAsync(TestPostgres postgres)
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database);
        await using var app = Serve.CreateApp(source, "http://127.0.0.1:0");
        (await LoadDemo.LoadIfEmpty(app.Services, _ => { }, CancellationToken.None)).Refusal.ShouldBeNull();
        return database;
    }
}

/// <summary>Starts the product for a journey: <c>class Journey(DemoProducts products) : IClassFixture&lt;DemoProducts&gt;</c>.</summary>
public sealed class DemoProducts(TestPostgres postgres, DemoMarketplaceLoaded demo)
{
    internal async Task<RunningProduct> StartEmpty() => await RunningProduct.Start(await postgres.CreateDatabaseAsync());

    /// <summary>Under the one name over plain HTTP for which browsers make passkeys.</summary>
    internal async Task<RunningProduct> StartForPasskeys() => await RunningProduct.Start(await postgres.CreateDatabaseAsync(), "localhost");

    internal async Task<RunningProduct> StartWithDemo() => await RunningProduct.Start(await demo.CopyAsync(postgres));
}
