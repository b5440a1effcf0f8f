using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Governance;

/// <summary>Who saw what, what is kept how long, and what people can do about their own data.</summary>
sealed class GovernanceModule : IModule
{
    const string Schema = "governance";

    public IEnumerable<Job> Jobs =>
    [
        Job.Of<Retention>("remove-what-was-kept-long-enough", Schedule.Daily(3, 10, TimeZoneInfo.Utc), (retention, stop) => retention.Run(stop)),
        Job.Of<ForgetAnswers>("forget-answers", Schedule.Every(TimeSpan.FromHours(1)), (answers, stop) => answers.Run(stop)),
    ];

    public IEnumerable<Place> Places =>
    [
        new("Trust", 62, "Access log", "list", AuditLog.Path, OpenTo: AccessTable.ReadAuditTrail),
        new(null, 86, "Erasures", "lock", ErasureRoutes.Path, OpenTo: AccessTable.Administer),
        new(null, 87, "How long data are kept", "box", Retention.Path, OpenTo: AccessTable.Administer),
    ];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<AuditLog>().AddScoped<MyData>().AddScoped<AskErasure>().AddScoped<CarryOutErasure>().AddScoped<ErasureList>().AddScoped<Retention>()
        .AddScoped<IFindInDocuments, LooksInExport>();

    public void MapTables(ModelBuilder model)
    {
        model.Entity<ErasureRequest>(request => { request.ToTable("erasure_request", Schema); ErasureRequest.Map(request); });
        model.Entity<RetentionPeriod>(period => { period.ToTable("retention_period", Schema); RetentionPeriod.Map(period); });
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        AuditLog.Map(routes);
        MyData.Map(routes);
        ErasureRoutes.Map(routes);
        Retention.Map(routes);
    }
}
