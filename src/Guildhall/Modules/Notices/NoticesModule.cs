using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Notices;

/// <summary>What people are told by mail: the administrators' list of it, and the way out of it for those who get it.</summary>
sealed class NoticesModule : IModule
{
    public IEnumerable<Place> Places => [new(null, 80, "Mail", "inbox", MailPages.Path, OpenTo: AccessTable.Administer)];

    public IEnumerable<MailKind> MailKinds => [SendTestMail.Kind];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<MailList>().AddScoped<ReadMail>().AddScoped<SendAgain>().AddScoped<SendTestMail>().AddScoped<Unsubscribe>();

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        MailPages.Map(routes);
        Unsubscribe.Map(routes);
    }
}
