using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>Sellers and their figures: how they come in, what they mean, and who stands where among similar ones.</summary>
sealed class SellersModule : IModule
{
    public IEnumerable<Place> Places => [new("Run", 30, "Sellers", "box", "/manage/sellers", InBottomBar: true, OpenTo: AccessTable.ManageMarketplace), new(null, 70, "Import", "download", "/settings/import", OpenTo: AccessTable.ManageMarketplace)];

    public void AddServices(IServiceCollection services) => services
        .AddImport()
        .AddScoped<SellerLookup>().AddScoped<SellersList>().AddScoped<ReadSeller>().AddScoped<PeerGroups>().AddScoped<ImportView>().AddScoped<SweepImports>().AddScoped<TellOfDays>()
        .AddScoped<IKnowAddresses, SellersWhoComeIn>().AddScoped<IKnowShops, SellersWhoComeIn>()
        .AddScoped<IForgetPeople, ForgetShops>().AddScoped<IKeepForAWhile, KeepImports>()
        .AddHostedService<ImportWorker>();

    public void MapTables(ModelBuilder model) => SellersTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        SellerRoutes.Map(routes);
        ImportRoutes.Map(routes);
    }
}

static class ImportServices
{
    /// <summary>What bringing a file in needs, for the server and for the command.</summary>
    public static IServiceCollection AddImport(this IServiceCollection services) => services
        .AddSingleton<ImportSignal>().AddSingleton<RunImport>().AddSingleton<RejectedRows>()
        .AddScoped<ReceiveFile>().AddScoped<DecideImport>().AddScoped<ImportLocalFile>();
}
