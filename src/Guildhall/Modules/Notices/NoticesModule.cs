using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>What people are told: their page of notices, what they choose to get by mail and when, the daily digest, the way out of a kind of mail, and the administrators’ list of mails.</summary>
sealed class NoticesModule : IModule
{
    public IEnumerable<Place> Places => [new(null, 80, "Mail", "inbox", MailPages.Path, OpenTo: AccessTable.Administer)];

    public IEnumerable<MailKind> MailKinds => [SendTestMail.Kind, WriteDigests.Kind];

    public IEnumerable<Job> Jobs => [Job.Of<WriteDigests>("write-digests", Schedule.EveryMinute, (write, stop) => write.RunAll(stop))];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<MailList>().AddScoped<ReadMail>().AddScoped<SendAgain>().AddScoped<SendTestMail>().AddScoped<Unsubscribe>()
        .AddScoped<FindReaders>().AddScoped<NoticeNames>().AddScoped<NoticeList>().AddScoped<ReadNotices>()
        .AddScoped<ReadChoices>().AddScoped<SaveChoices>().AddScoped<IHoldMails, HoldMails>().AddScoped<IFollowAddresses, FollowChoices>()
        .AddScoped<WriteDigests>().AddScoped<IKeepForAWhile, KeepDigests>();

    public void MapTables(ModelBuilder model)
    {
        model.Entity<MailChoice>(MailChoice.Map);
        model.Entity<QuietTime>(QuietTime.Map);
        model.Entity<Digest>(Digest.Map);
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        MailPages.Map(routes);
        Unsubscribe.Map(routes);
        NoticeRoutes.Map(routes);
        ChoiceRoutes.Map(routes);
    }
}
