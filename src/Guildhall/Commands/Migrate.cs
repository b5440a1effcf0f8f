using System.CommandLine;
using Guildhall.Platform.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guildhall.Commands;

/// <summary>Brings the database to this version's tables. The server does the same when it starts.</summary>
static class Migrate
{
    internal static Command Build()
    {
        var command = new Command("migrate", "Bring the database to this version’s tables");
        command.SetAction(async (_, stop) =>
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            await using var database = await RunningDatabase.OpenAsync(configuration, DatabaseUse.Command, NullLoggerFactory.Instance, stop);
            var applied = await database.MigrateAsync(stop);
            foreach (var migration in applied)
                Console.WriteLine($"Applied {migration}");
            if (applied.Count == 0)
                Console.WriteLine("The database is up to date");
            return 0;
        });
        return command;
    }
}
