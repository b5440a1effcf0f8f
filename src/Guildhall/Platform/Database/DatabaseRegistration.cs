using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Platform.Database;

static class DatabaseRegistration
{
    /// <summary>Registers the data source, a factory of <see cref="GuildhallDb"/>, and one of them a request.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, NpgsqlDataSource source) => services
        .AddSingleton(source)
        .AddPooledDbContextFactory<GuildhallDb>(GuildhallDb.Configure)
        .AddScoped(provider => provider.GetRequiredService<IDbContextFactory<GuildhallDb>>().CreateDbContext());
}
