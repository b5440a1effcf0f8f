using Guildhall.Platform.Privacy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Guildhall.Platform.Mail;

static class MailSetup
{
    /// <summary>The outbox for use cases. How mails go out and what the site’s address is, the host says by registering other settings.</summary>
    public static void AddMail(this IServiceCollection services, IEnumerable<MailKind> kinds)
    {
        foreach (var kind in kinds) services.AddSingleton(kind);
        services.TryAddSingleton(new MailSettings());
        services.TryAddSingleton(provider => SiteAddress.WhereItListens(provider.GetService<IServer>()));
        services.AddSingleton<UnsubscribeLinks>().AddSingleton<MailTemplate>();
        services.AddScoped<IForgetPeople, ForgetMail>().AddScoped<IKeepForAWhile, KeepMails>().AddScoped<IKeepForAWhile, KeepNotices>().AddScoped<IFollowAddresses, FollowMail>();
        services.AddScoped<Outbox>().AddScoped<MailLimit>();
        services.AddScoped<IDeliverMail>(provider => provider.GetRequiredService<MailSettings>() is var settings && settings.Server is { } server ? new SmtpDelivery(server) : new FolderDelivery(settings.Folder));
        services.AddHostedService<MailWorker>();
    }
}
