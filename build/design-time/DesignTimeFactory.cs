using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Guildhall.DesignTime;

/// <summary>Gives dotnet-ef the model. Writing a migration and comparing models never connect, so the address is a name only.</summary>
sealed class DesignTimeFactory : IDesignTimeDbContextFactory<GuildhallDb>
{
    public GuildhallDb CreateDbContext(string[] args) => GuildhallDb.Over(NpgsqlDataSource.Create("Host=nowhere"));
}
