using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>Playbooks, checklists, templates and case studies: who keeps them, which version readers see, and when each is looked at again.</summary>
sealed class LibraryModule : IModule
{
    public IEnumerable<Place> Places =>
    [
        new("Share", 50, "Playbooks", "book", EditorRoutes.Root, OpenTo: AccessTable.EditLibrary),
        new("Main", 50, "Learn", "book", Readers.Root(ReaderSide.Mentee), InBottomBar: true, OpenTo: AccessTable.TakePart, Area: Area.Me),
        new("Main", 40, "Playbooks", "book", Readers.Root(ReaderSide.Mentor), InBottomBar: true, OpenTo: AccessTable.TakePart, Area: Area.Mentor),
    ];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<LibraryLookup>().AddScoped<LibraryNames>()
        .AddScoped<EditArticles>().AddScoped<ArticleList>().AddScoped<ReadArticle>().AddScoped<EditPlan>()
        .AddScoped<ReaderList>().AddScoped<VoteUseful>()
        .AddScoped<MakeSuggestion>().AddScoped<DecideSuggestion>().AddScoped<SuggestionList>()
        .AddScoped<SeedStarterSet>().AddHostedService<SeedAtStart>();

    public void MapTables(ModelBuilder model) => LibraryTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        EditorRoutes.Map(routes);
        ReaderRoutes.Map(routes);
    }
}
