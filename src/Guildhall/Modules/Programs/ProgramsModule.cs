using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>Programs: their goal, their rules and the versions of both; the charter that holds in all of them.</summary>
sealed class ProgramsModule : IModule
{
    public IEnumerable<Place> Places => [new("Trust", 60, "Charter", "lock", "/manage/charter", OpenTo: AccessTable.ReadCharter), new(null, 80, "Programs", "list", "/manage", OpenTo: AccessTable.Workspace)];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<DraftProgram>().AddScoped<ChangeProgram>().AddScoped<ProgramLookup>().AddScoped<ReadSetup>().AddScoped<VersionList>().AddScoped<ReadPlanning>()
        .AddScoped<CharterLookup>().AddScoped<ChangeCharter>().AddScoped<CharterList>()
        .AddScoped<ProgramSwitch>(provider => async stop =>
            [.. (await provider.GetRequiredService<ProgramLookup>().InSwitcher(stop)).Select(program => new ProgramLink(program.Slug, $"{program.Name}, {program.Cohort}"))]);

    public void MapTables(ModelBuilder model) => ProgramsTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        SetUpProgram.Map(routes);
        ReadPlanning.Map(routes);
        CharterRoutes.Map(routes);
    }
}
