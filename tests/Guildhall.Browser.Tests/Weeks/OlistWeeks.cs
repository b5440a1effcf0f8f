using System.Globalization;
using System.Net;
using Guildhall.Commands;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Events;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Guildhall.Tests.RealData;
using Guildhall.Tests.Sellers;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Guildhall.Browser.Tests.Weeks;

/// <summary>
/// Twelve weeks of a program on the real marketplace, from 1 June 2018 on: an hour at a time the product's jobs run, events and mails go out, the figures of each week come in on Monday, and people do by HTTP
/// what chance says of who they are. Nothing is written past the product but the names, which are drawn, and the accounts.
/// </summary>
sealed class OlistWeeks : IAsyncDisposable
{
    /// <summary>Twelve are the whole of it (<c>./guildhall prove weeks</c>). In three the first trials end, and everything has happened once.</summary>
    public static readonly int Weeks = int.TryParse(Environment.GetEnvironmentVariable("GUILDHALL_WEEKS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 3;

    public const string Slug = "first-90-days-june-2018";
    public const string ManagerEmail = "manager@example.com";

    /// <summary>One shop in so many has told the marketplace no address.</summary>
    const int WithoutAddress = 20;

    /// <summary>Ten in the morning in São Paulo.</summary>
    static readonly DateTimeOffset start = new(2018, 6, 1, 13, 0, 0, TimeSpan.Zero);
    static readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");

    readonly DatabaseFixture database;
    readonly WebApplication app;
    readonly EventWorker events;
    readonly MailWorker mails;
    readonly PriorityQueue<Func<Task>, (DateTimeOffset, int)> agenda = new();
    readonly Dictionary<string, Person> byEmail = [];
    readonly Dictionary<Guid, Person> bySeller = [];
    readonly string folder = Directory.CreateTempSubdirectory("olist-weeks-").FullName;
    readonly string password;
    readonly LivesOfPairs lives;
    DateOnly importedUpTo = DateOnly.MinValue;
    int planned;

    public OlistWeeks(DatabaseFixture database)
    {
        this.database = database;
        Clock = new(start);
        Office = new(Clock);
        lives = new(this);
        app = Serve.CreateApp(database.Source, "http://127.0.0.1:0", adjust: services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            services.Replace(ServiceDescriptor.Scoped<IDeliverMail>(_ => Office));
            services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
            // What a node does by itself it does here when the clock is moved, and at no other time.
            foreach (var worker in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.IsSubclassOf(typeof(Worker)) == true).ToList()) services.Remove(worker);
        });
        events = ActivatorUtilities.CreateInstance<EventWorker>(app.Services);
        mails = ActivatorUtilities.CreateInstance<MailWorker>(app.Services);
        Jobs = new(app.Services, Clock, ModuleList.All.SelectMany(module => module.Jobs));
        password = new PasswordHasher<Account>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(null!, Desk.Password);
    }

    public StandingClock Clock { get; }
    public PostOffice Office { get; }
    public JobsInTime Jobs { get; }
    public Desk Manager { get; private set; } = null!;
    public LivesOfPairs Lives => lives;
    public Uri Address => new(app.Urls.Single());
    public IReadOnlyDictionary<string, Person> People => byEmail;

    /// <summary>How often something was done, and how often the product said no, by what was tried.</summary>
    public SortedDictionary<string, (int Done, int Refused)> Deeds { get; } = new(StringComparer.Ordinal);

    /// <summary>An example of each refusal, for whoever looks into a run.</summary>
    public Dictionary<string, string> Refusals { get; } = [];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task Run()
    {
        await Open();
        var manager = new ManagersWeek(this, Manager);
        for (var hour = 0; hour < Weeks * 7 * 24; hour++)
        {
            var local = TimeZoneInfo.ConvertTime(start.AddHours(hour), zone);
            // By night, when nobody does anything, every third hour is enough.
            if (local.Hour is 22 or 23 or 1 or 2 or 4 or 5) continue;
            Clock.MoveTo(start.AddHours(hour));
            if (hour == 0) Plan(Clock.Now, manager.Begin);
            if (local is { DayOfWeek: DayOfWeek.Monday, Hour: 6 }) await ImportUpTo(DateOnly.FromDateTime(local.DateTime).AddDays(-1));
            if (local is { DayOfWeek: DayOfWeek.Monday, Hour: 9 }) Plan(Clock.Now, manager.Go);
            await Jobs.RunDue(Stop);
            await Deliver();
            while (agenda.TryPeek(out var deed, out var when) && when.Item1 <= Clock.Now)
            {
                agenda.Dequeue();
                await deed();
            }

            await events.DeliverDue(Stop);
            if (local.Hour == 3) await AuditWorker.Seal(app.Services.GetRequiredService<IDbContextFactory<GuildhallDb>>(), Clock, Stop);
        }

        Clock.MoveTo(start.AddDays(Weeks * 7));
        await Jobs.RunDue(Stop);
        await Deliver();
    }

    /// <summary>Has something done at a moment, or in the first waking hour after it.</summary>
    public void Plan(DateTimeOffset at, Func<Task> deed)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        if (local.Hour < 7) at = at.AddHours(7 - local.Hour);
        else if (local.Hour >= 22) at = at.AddHours(31 - local.Hour);
        agenda.Enqueue(deed, (at, planned++));
    }

    /// <summary>Sends a form, now and then twice, as people do whose line is slow.</summary>
    public async Task<Reply> Do(Person person, Random chance, string what, string path, params (string Name, string Value)[] fields)
    {
        var reply = await Do(person.Desk, $"{(person.Side == Side.Mentee ? "mentee" : "mentor")} {what}", path, fields);
        if (chance.Happens(0.03)) ((int)(await person.Desk.Post(path, fields)).Status).ShouldBeLessThan(500, $"{what} {path}, again");
        return reply;
    }

    public async Task<Reply> Do(Desk desk, string what, string path, params (string Name, string Value)[] fields)
    {
        Clock.Tick();
        var reply = await desk.Post(path, fields);
        ((int)reply.Status).ShouldBeLessThan(500, $"{what} {path}");
        var (done, refused) = Deeds.GetValueOrDefault(what);
        Deeds[what] = reply.IsDone ? (done + 1, refused) : (done, refused + 1);
        if (!reply.IsDone) Refusals.TryAdd($"{what} {(int)reply.Status}", reply.Page);
        return reply;
    }

    /// <summary>Counts something that somebody came upon.</summary>
    public void Found(string what) => Deeds[what] = (Deeds.GetValueOrDefault(what).Done + 1, 0);

    /// <summary>The two whom a pair is about.</summary>
    public async Task<(Person Mentee, Person Mentor)> Of(Guid pairId)
    {
        await using var command = database.Source.CreateCommand(
            $"SELECT e.seller_id, m.seller_id FROM pairing.proposal p JOIN enrollment.participant e ON e.id = p.mentee_id JOIN enrollment.participant m ON m.id = p.mentor_id WHERE p.id = '{pairId}'");
        await using var reader = await command.ExecuteReaderAsync(Stop);
        (await reader.ReadAsync(Stop)).ShouldBeTrue();
        var (mentee, mentor) = (reader.GetGuid(0), reader.GetGuid(1));
        return (bySeller[mentee], bySeller[mentor]);
    }

    public async ValueTask DisposeAsync()
    {
        Manager?.Dispose();
        foreach (var person in bySeller.Values) person.Desk.Dispose();
        await app.StopAsync(Stop);
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Brings out what is due, and has it read.</summary>
    async Task Deliver()
    {
        await events.DeliverDue(Stop);
        await mails.SendDue(Stop);
        foreach (var letter in (await Office.Collect(KindsOf)).OrderBy(letter => letter.To, StringComparer.Ordinal).ThenBy(letter => letter.Kind, StringComparer.Ordinal).ThenBy(letter => letter.Subject, StringComparer.Ordinal))
            if (byEmail.TryGetValue(letter.To, out var reader)) await lives.Read(letter, reader);
    }

    async Task<IReadOnlyDictionary<Guid, string>> KindsOf(IReadOnlyCollection<Guid> ids)
    {
        await using var db = database.NewDb();
        return await db.Set<OutgoingMail>().Where(mail => ids.Contains(mail.Id)).ToDictionaryAsync(mail => mail.Id, mail => mail.KindId, Stop);
    }

    async Task Open()
    {
        await events.Register(Stop);
        await using (var naming = app.Services.CreateAsyncScope())
        {
            var db = naming.ServiceProvider.GetRequiredService<GuildhallDb>();
            db.Add(Marketplace.Found("Olist", "BRL", "America/Sao_Paulo").Value!);
            await db.SaveChangesAsync(Stop);
        }

        await Import(ImportKind.Listings, RealMarketplace.File("products.csv"));
        await ImportUpTo(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Clock.Now, zone).DateTime));
        await GivenNamesThatNobodyIsKnownBy(database);
        await GivenProgram();
        await app.StartAsync(Stop);
        Manager = new(Address, ManagerEmail);
        await GivenAccounts();
    }

    /// <summary>What the marketplace knows new since the last import: sellers, listings, days and orders, each by its day.</summary>
    async Task ImportUpTo(DateOnly day)
    {
        foreach (var (kind, file, column) in new[] { (ImportKind.Sellers, "sellers.csv", "won_date"), (ImportKind.Listings, "listings.csv", "first_date"), (ImportKind.Days, "seller_days.csv", "date"), (ImportKind.Events, "orders.csv", "order_date") })
        {
            var cut = Path.Combine(folder, file);
            if (await Cut(RealMarketplace.File(file), cut, column, day)) await Import(kind, cut);
        }

        importedUpTo = day;
    }

    /// <returns>Whether there is anything.</returns>
    async Task<bool> Cut(string from, string to, string column, DateOnly day)
    {
        using var lines = File.ReadLines(from).GetEnumerator();
        lines.MoveNext();
        var (at, any) = (lines.Current.Split(',').IndexOf(column), false);
        await using var cut = File.CreateText(to);
        await cut.WriteLineAsync(lines.Current);
        while (lines.MoveNext())
        {
            // A seller without a day of sign-up was there before.
            var on = Field(lines.Current, at) is { Length: > 0 } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : DateOnly.MinValue.AddDays(1);
            if (on <= importedUpTo || on > day) continue;
            any = true;
            await cut.WriteLineAsync(lines.Current);
        }

        return any;
    }

    static string Field(string line, int number)
    {
        var (at, isQuoted, from) = (0, false, 0);
        for (var place = 0; place <= line.Length; place++)
        {
            if (place < line.Length && line[place] == '"') isQuoted = !isQuoted;
            if (place < line.Length && (line[place] != ',' || isQuoted)) continue;
            if (at++ == number) return line[from..place];
            from = place + 1;
        }

        return "";
    }

    async Task Import(ImportKind kind, string path)
    {
        await using var importing = app.Services.CreateAsyncScope();
        (await importing.ServiceProvider.GetRequiredService<ImportLocalFile>().Run(new(kind, path, null, false, false, "BRL"), null, Stop)).Value.ShouldNotBeNull().Refusal.ShouldBeNull();
    }

    /// <summary>The marketplace's sellers have no names, only ids, which stay out of pictures: numbers in an order that is drawn and thrown away, and no town. The space doesn't break, so that a sentence says all of it.</summary>
    public static Task GivenNamesThatNobodyIsKnownBy(DatabaseFixture database) => database.ExecuteAsync("""
        UPDATE sellers.seller SET name = U&'Seller\00A0' || drawn.number, city = NULL, region = NULL
        FROM (SELECT id, row_number() OVER (ORDER BY random()) AS number FROM sellers.seller) drawn WHERE drawn.id = seller.id
        """);

    /// <summary>The 63 mentors and 832 new sellers of docs/real-run.md, in a program that asks people: every third mentor has two places, the others one.</summary>
    async Task GivenProgram()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (sellers, add, day) = (scope.ServiceProvider.GetRequiredService<SellerLookup>(), scope.ServiceProvider.GetRequiredService<AddFromFinder>(), OlistProgram.AsOf);
        var draft = (await scope.ServiceProvider.GetRequiredService<DraftProgram>().Run(new("First 90 Days", "June 2018", new(2018, 6, 4), new(2018, 6, 4)), Actor.Product, Stop)).Value.ShouldNotBeNull();
        (await scope.ServiceProvider.GetRequiredService<ChangeProgram>().Publish(draft.Slug, draft.RowVersion, onFrontPage: null, Stop)).Refusal.ShouldBeNull();
        var mentors = (await sellers.FindMentors(new(365, 60, 180, 0.25m, 4.2m, 5), day, 0, AddFromFinder.Limit, Stop)).Sellers.OrderBy(found => found.Seller.ExternalId, StringComparer.Ordinal).Select((found, at) => (found.Seller.Id, Places: at % 3 == 0 ? 2 : 1));
        foreach (var group in mentors.GroupBy(mentor => mentor.Places, mentor => mentor.Id)) (await add.Mentors(Slug, [.. group], group.Key, Stop)).Refusal.ShouldBeNull();
        var mentees = await sellers.FindNewSellers(new(2017, 12, 4), day, day, 0, AddFromFinder.Limit, Stop);
        (await add.Mentees(Slug, [.. mentees.Sellers.Select(found => found.Seller.Id)], Stop)).Value.Added.ShouldBe(832);
        (await scope.ServiceProvider.GetRequiredService<AssumeProfiles>().Run(new(Slug, 1, "pt", "America/Sao_Paulo"), Stop)).Value.ShouldBe(895);
    }

    async Task GivenAccounts()
    {
        await using var db = database.NewDb();
        var manager = new Account("Manager", ManagerEmail, Clock.Now) { EmailConfirmed = true };
        manager.Grant(Role.Manager, Clock.Now);
        await Store(manager);
        var rows = await db.Set<Participant>().Join(db.Set<Seller>(), seat => seat.SellerId, seller => seller.Id, (seat, seller) => new { seat.Side, seller.Id, seller.ExternalId, seller.Name }).OrderBy(row => row.ExternalId).ToListAsync(Stop);
        foreach (var row in rows)
        {
            var email = $"{row.Name!.Replace('\u00A0', '-').ToLowerInvariant()}@shops.example";
            var person = bySeller[row.Id] = new(row.ExternalId, row.Name!, email, row.Id, row.Side, new Desk(Address, email));
            if (Chances.Of("address", row.ExternalId).Next(WithoutAddress) == 0) continue;
            var account = new Account(row.Name!, email, Clock.Now) { EmailConfirmed = true };
            account.ActFor(row.Id);
            await Store(account);
            byEmail[email] = person;
        }
    }

    async Task Store(Account account)
    {
        // One hash for all: it is the one thing here that is slow on purpose.
        account.PasswordHash = password;
        await using var scope = app.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account)).Succeeded.ShouldBeTrue();
    }
}
