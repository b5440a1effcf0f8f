using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Platform.Database;

/// <summary>The product's tables: each module maps its own, in a PostgreSQL schema of its own.</summary>
public sealed class GuildhallDb(DbContextOptions<GuildhallDb> options) : DbContext(options)
{
    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable("migrations", "platform"));

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
