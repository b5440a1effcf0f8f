using System.Globalization;
using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>An open program that offers a free trial, its manager, and a shop that may try it.</summary>
sealed class TrialScene(RunningProduct product, ProgramScene program, Browser shop, Guid sellerId)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ProgramScene Program => program;
    public Browser Manager => program.Manager;
    public Browser Shop => shop;
    public Guid SellerId => sellerId;
    public string Page => $"/me/trial/{program.Slug}";
    public string Manage => $"/manage/{program.Slug}/trials";

    public static async Task<TrialScene> Given(RunningProduct product, string person = "Amara Osei")
    {
        var program = await product.GivenOpenProgram();
        var (shop, sellerId) = await product.GivenShop(person);
        return new TrialScene(product, program, shop, sellerId);
    }

    /// <summary>A further shop that may try the same program.</summary>
    public async Task<TrialScene> Another(string person)
    {
        var (other, otherId) = await product.GivenShop(person);
        return new TrialScene(product, program, other, otherId);
    }

    public Task<Answer> Does(string what, params (string, string)[] fields) => shop.Post(Page, [("Do", what), .. fields]);

    public async Task<TrialScene> Started()
    {
        (await Does("start")).Location.ShouldBe($"{Page}?did=started");
        return this;
    }

    /// <summary>Posts a session as the manager does.</summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> Posts(TimeSpan ahead, int places = 3)
    {
        var at = product.Clock.GetUtcNow() + ahead;
        (await PostsForm(at, places.ToString(CultureInfo.InvariantCulture))).Location.ShouldBe($"{Manage}/sessions?did=posted");
        return await product.Database.ScalarAsync<Guid>($"SELECT s.id FROM enrollment.trial_session s JOIN programs.program p ON p.id = s.program_id WHERE p.slug = '{program.Slug}' ORDER BY s.id DESC LIMIT 1");
    }

    public Task<Answer> PostsForm(DateTimeOffset at, string places, string link = "https://meet.example.com/try") => Manager.Post($"{Manage}/sessions",
        ("SessionOn", at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("SessionAt", at.ToString("HH:mm", CultureInfo.InvariantCulture)), ("TimeZone", "Europe/London"), ("LengthMinutes", "45"), ("Places", places), ("JoinLink", link));

    public async Task Limits(int days, int mostAtOnce, bool isOffered = true)
    {
        var page = $"/manage/{program.Slug}/setup/free-trial";
        var seen = (await Manager.Page(page)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (string, string)[] offered = isOffered ? [("IsOffered", "true")] : [];
        (await Manager.Post(page, [("seen", seen), ("Days", days.ToString(CultureInfo.InvariantCulture)), ("MostAtOnce", mostAtOnce.ToString(CultureInfo.InvariantCulture)), .. offered])).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <summary>What the worker does each minute.</summary>
    public Task Works() => product.Ask<EndTrials, bool>(async end =>
    {
        await end.Run(Stop);
        return true;
    });

    public async Task<ProgramFacts> Facts() => (await product.Ask<ProgramLookup, ProgramFacts?>(lookup => lookup.BySlug(program.Slug, Stop)))!;

    public Task<string> Stored(string columns) => product.Database.ScalarAsync<string>($"SELECT concat_ws(', ', {columns}) FROM enrollment.trial t JOIN programs.program p ON p.id = t.program_id WHERE p.slug = '{program.Slug}' AND t.seller_id = '{sellerId}'");

    public Task<string> Subjects() => product.Database.ScalarAsync<string>($"SELECT coalesce(string_agg(m.subject, '; ' ORDER BY m.id), 'none') FROM platform.outgoing_mail m JOIN people.account a ON lower(a.email) = m.address_key WHERE m.kind_id = 'trial' AND a.seller_id = '{sellerId}'");

    public Task<string> Letter(string subject) => product.Database.ScalarAsync<string>($"SELECT m.body::text FROM platform.outgoing_mail m JOIN people.account a ON lower(a.email) = m.address_key WHERE a.seller_id = '{sellerId}' AND m.subject = '{subject}'");

    /// <summary>Daily figures of the shop, the same each day.</summary>
    public Task Sends(DateOnly from, DateOnly to, int orders, long revenue) => product.Database.ExecuteAsync($"""
        INSERT INTO sellers.seller_day (seller_id, day, orders, revenue_minor_units, listings_live, reviews, review_mean)
        SELECT '{sellerId}', day, {orders}, {revenue}, {orders} + 4, 1, 4.5 FROM generate_series('{from:yyyy-MM-dd}'::date, '{to:yyyy-MM-dd}'::date, interval '1 day') day ON CONFLICT DO NOTHING
        """);
}
