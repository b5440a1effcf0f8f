using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Experiments;

/// <summary>Chance that decides fairly and shows what mentoring does: lots for places where more wait than there are.</summary>
sealed class ExperimentsModule : IModule
{
    public void AddServices(IServiceCollection services) => services
        .AddScoped<LotteryLookup>().AddScoped<DrawPlaces>().AddScoped<LotteryMail>().AddScoped<LotteryPages>().AddScoped<IKnowWaits, WaitsByLot>().AddScoped<IAddToHome, LotteryOnHome>();

    public IEnumerable<MailKind> MailKinds => [LotteryMail.Kind];

    public void MapTables(ModelBuilder model) => ExperimentsTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes) => LotteryPages.Map(routes);
}
