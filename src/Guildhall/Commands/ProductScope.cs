using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guildhall.Commands;

/// <summary>The product's own use cases for a command: the same database and the same classes as the pages, without the web.</summary>
sealed class ProductScope : IAsyncDisposable
{
    readonly RunningDatabase database;
    readonly ServiceProvider services;
    readonly AsyncServiceScope scope;

    ProductScope(RunningDatabase database)
    {
        this.database = database;
        var collection = new ServiceCollection().AddLogging();
        collection.AddPlatform(database.Source, ModuleList.All);
        services = collection.BuildServiceProvider();
        scope = services.CreateAsyncScope();
    }

    public static async Task<ProductScope> OpenAsync(CancellationToken stop)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var opened = await RunningDatabase.OpenAsync(configuration, DatabaseUse.Command, NullLoggerFactory.Instance, stop);
        await opened.MigrateAsync(stop);
        return new ProductScope(opened);
    }

    public T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>Says on the error stream why something was refused, for scripts with its code.</summary>
    /// <returns>The exit code of a refusal.</returns>
    public static int Refused(Refusal refusal)
    {
        Console.Error.WriteLine($"{refusal.Message} ({refusal.Code})");
        return 1;
    }

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
