using System.Net.Mail;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OneMail = Guildhall.Platform.Mail.Mail;

namespace Guildhall.Tests.Support;

/// <summary>An empty outbox, a mail server that answers as the test says, and nodes that send by one clock.</summary>
sealed class MailScene : IAsyncDisposable
{
    public static readonly MailKind Link = new("link", "Sign-in links", IsTransactional: true);
    public static readonly MailKind Digest = new("digest", "Weekly digest", IsTransactional: false);

    readonly List<ServiceProvider> nodes = [];
    readonly DatabaseFixture database;
    readonly MailSettings settings;
    readonly string? address;

    MailScene(DatabaseFixture database, Func<SmtpSink, SmtpServer?> server, string? folder, string? address)
    {
        this.database = database;
        this.address = address;
        settings = new MailSettings { Server = server(Sink), From = new MailAddress("mentoring@feira.example"), Folder = folder };
        Worker = Node();
    }

    public SmtpSink Sink { get; } = new();
    public MovableClock Clock { get; } = new();
    public MailWorker Worker { get; }
    public IServiceProvider Services => nodes[0];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<MailScene> Given(DatabaseFixture database, string? address = "https://mentors.example", TimeSpan? patience = null) =>
        Given(database, sink => new SmtpServer("127.0.0.1", sink.Port, null, null, UsesTls: false) { Patience = patience ?? TimeSpan.FromMinutes(1) }, null, address);

    public static async Task<MailScene> Given(DatabaseFixture database, Func<SmtpSink, SmtpServer?> server, string? folder = null, string? address = "https://mentors.example")
    {
        await database.ExecuteAsync("DELETE FROM platform.outgoing_mail; DELETE FROM platform.mail_opt_out; DELETE FROM platform.marketplace");
        return new MailScene(database, server, folder, address);
    }

    /// <summary>A further node on the same database.</summary>
    public MailWorker Node()
    {
        var services = database.BuildServices(replace =>
        {
            replace.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            replace.AddSingleton(settings);
            if (address is not null) replace.AddSingleton(SiteAddress.Parse(address).Value);
        });
        nodes.Add(services);
        return ActivatorUtilities.CreateInstance<MailWorker>(services);
    }

    public async Task Add(params OneMail[] mails)
    {
        await using var scope = Services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        foreach (var mail in mails) outbox.Add(mail);
        await scope.ServiceProvider.GetRequiredService<GuildhallDb>().SaveChangesAsync(Stop);
    }

    public Task Add(string to) => Add(To(to));

    public static OneMail To(string to, MailKind? kind = null, string subject = "Your mentor is Mina") => new(kind ?? Link, to, subject, ["Hello.", "Meet her."], new("See Mina", "/me?pair=1&x=2"));

    public Task SendDue() => Worker.SendDue(Stop);

    public async Task SendDue(TimeSpan after)
    {
        Clock.Advance(after);
        await SendDue();
    }

    public async Task<OutgoingMail> Mail(string to)
    {
        await using var db = database.NewDb();
        return await db.Set<OutgoingMail>().AsNoTracking().SingleAsync(mail => mail.To == to, Stop);
    }

    /// <summary>When a mail is due that waits.</summary>
    public async Task<DateTimeOffset> DueAt(string to) => (await Mail(to)).NextTryAt;

    /// <summary>How many mails stand how: "Sent 3, Waiting 1".</summary>
    public Task<string> States() => database.ScalarAsync<string>("SELECT coalesce(string_agg(state || ' ' || mails, ', ' ORDER BY state), 'none') FROM (SELECT state, count(*) AS mails FROM platform.outgoing_mail GROUP BY state) s");

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        Worker.Dispose();
        Sink.Dispose();
    }
}
