using Guildhall.Platform;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>Whether mentoring works: what is settled beforehand, what is read of sellers' figures, and how it is shown.</summary>
sealed class ImpactModule : IModule
{
    public IEnumerable<Place> Places => [new("Measure", 40, "Impact", "chart", ImpactRoutes.Root)];

    public IEnumerable<Job> Jobs => [Job.Of<ReadResults>("read-results", Schedule.Every(TimeSpan.FromSeconds(10)), (read, stop) => read.RunAll(stop))];

    public void AddServices(IServiceCollection services) => services.AddScoped<SavePlan>().AddScoped<SaveCost>().AddScoped<AskReading>().AddScoped<GatherStudy>().AddScoped<GatherNewSellers>().AddScoped<GatherLottery>().AddScoped<ReadResults>().AddScoped<ImpactPages>()
        .AddScoped<PublishResults>().AddScoped<PublishPages>().AddScoped<ResultsLookup>().AddScoped<ShowResults>();

    public void MapTables(ModelBuilder model) => ImpactTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        ImpactRoutes.Map(routes);
        ShowResults.Map(routes);
    }
}
