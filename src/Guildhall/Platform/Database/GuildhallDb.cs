using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Guildhall.Platform.Database;

/// <summary>The product's tables: each module maps its own, in a PostgreSQL schema of its own.</summary>
public sealed class GuildhallDb(DbContextOptions<GuildhallDb> options) : DbContext(options)
{
    /// <summary>For work outside a host's services.</summary>
    public static GuildhallDb Over(NpgsqlDataSource source)
    {
        var options = new DbContextOptionsBuilder<GuildhallDb>();
        Configure(options);
        options.UseApplicationServiceProvider(new ServiceCollection().AddSingleton(source).BuildServiceProvider());
        return new GuildhallDb(options.Options);
    }

    /// <summary>The data source is the one among the services. Were it named here, compiled models and queries would be kept for this one source alone, and a second host in the process would compile them again.</summary>
    public static void Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(npgsql => npgsql.MigrationsHistoryTable("migrations", "platform"))
            // A race that somebody lost is an answer, not a failure; what nobody catches is logged by the page or the job that failed.
            .ConfigureWarnings(warnings => warnings.Log((CoreEventId.SaveChangesFailed, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug)));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        PlatformSetup.MapPlatformTables(modelBuilder);
        foreach (var module in ModuleList.All)
            module.MapTables(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Conventions.Add(_ => new SnakeCaseNames());
    }
}
