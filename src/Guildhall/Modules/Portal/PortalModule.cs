using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Portal;

/// <summary>What visitors see, and the name under which the installation shows itself.</summary>
sealed class PortalModule : IModule
{
    public IEnumerable<Place> Places =>
    [
        new(null, 90, "Marketplace", "gear", "/settings/marketplace", OpenTo: AccessTable.Administer),
        new(null, 100, "Help", "help", ShowHelp.Path, OpenTo: AccessTable.Workspace),
        new("Main", 10, "Summary", "home", ShowSummary.Path, InBottomBar: true, OpenTo: AccessTable.ReadSummary, Area: Area.Sponsor),
    ];

    public void AddServices(IServiceCollection services) => services.AddScoped<NameMarketplace>().AddScoped<ShowFrontPage>().AddScoped<ShowSummary>();

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        ShowFrontPage.Map(routes);
        ShowCharter.Map(routes);
        NameMarketplace.Map(routes);
        ShowHelp.Map(routes);
        ShowSummary.Map(routes);
    }
}
