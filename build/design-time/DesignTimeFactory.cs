using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Guildhall.DesignTime;

/// <summary>Gives dotnet-ef the model. Writing a migration and comparing models never connect, so the address is a name only.</summary>
sealed class DesignTimeFactory : IDesignTimeDbContextFactory<GuildhallDb>
{
    public GuildhallDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<GuildhallDb>();
        GuildhallDb.Configure(options, NpgsqlDataSource.Create("Host=nowhere"));
        return new GuildhallDb(options.Options);
    }
}
