using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Mentorships;

/// <summary>A mentorship that has begun, and its two people at their messages.</summary>
sealed class TalkScene(RunningProduct product, MeetScene meet, Guid id)
{
    public MeetScene Meet => meet;
    public Guid Id => id;
    public Shop Mentee => meet.Mentee;
    public Shop Mentor => meet.Mentor;
    public string MenteePage => $"/me/messages/{id}";
    public string MentorPage => $"/mentor/messages/{id}";
    public string Reports => $"/manage/{meet.Scene.Program.Slug}/reports";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<TalkScene> Given(RunningProduct product)
    {
        var meet = await MeetScene.GivenSigned(product);
        await meet.BothAccept();
        return new TalkScene(product, meet, await meet.Pair());
    }

    public Task<Answer> MenteeWrites(string text, Guid? key = null, params (string, string)[] more) => Mentee.Browser.Post(MenteePage, [("Key", $"{key ?? Guid.CreateVersion7()}"), ("Text", text), .. more]);

    public Task<Answer> MentorWrites(string text, Guid? key = null, params (string, string)[] more) => Mentor.Browser.Post(MentorPage, [("Key", $"{key ?? Guid.CreateVersion7()}"), ("Text", text), .. more]);

    /// <summary>The texts of a page of messages, the oldest first.</summary>
    public static List<string> Said(AngleSharp.Dom.IDocument page) => [.. page.QuerySelectorAll(".talk .said").Select(one => one.TextContent)];

    /// <summary>Both agreed to these quiet hours of the mentor; the mentee has none.</summary>
    public Task AgreeQuiet(string from, string to, string zone) => product.Database.ExecuteAsync($$"""
        INSERT INTO mentorships.agreement (pair_id, number, terms, proposed_from, proposed_by, proposed_at, confirmed_at, confirmed_by)
        SELECT '{{id}}', 1 + count(*), '{"channels":["mail"],"answerDays":2,"rhythm":"weekly","mentee":{"from":"00:00:00","to":"00:00:00","timeZone":"UTC"},"mentor":{"from":"{{from}}:00","to":"{{to}}:00","timeZone":"{{zone}}"} }', 'Mentee', '{{Mentee.AccountId}}', now(), now(), '{{Mentor.AccountId}}'
        FROM mentorships.agreement WHERE pair_id = '{{id}}'
        """);

    /// <summary>Whoever is due is told; other threads of the class too.</summary>
    public Task<int> Tell() => product.Ask<TellOfMessages, int>(tell => tell.Run(Stop));

    public Task<string> MailsTo(Shop shop) => product.Database.ScalarAsync<string>($"SELECT coalesce(string_agg(subject, ' | ' ORDER BY id), '') FROM platform.outgoing_mail WHERE \"to\" = '{shop.Email}' AND kind_id = 'messages'");

    public Task<long> Stored() => product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.message WHERE mentorship_id = '{id}'");

    /// <summary>As many messages of one side as a long talk has.</summary>
    public Task GivenMany(int count, Side side) => product.Database.ExecuteAsync($"""
        INSERT INTO mentorships.message (id, mentorship_id, side, account_id, key, text, written_at)
        SELECT ('0190' || lpad(to_hex(n), 4, '0') || '-0000-7000-8000-' || right('{id}', 12))::uuid, '{id}', '{side}', '{(side == Side.Mentee ? Mentee : Mentor).AccountId}', gen_random_uuid(), 'Message ' || n, timestamptz '2026-11-01' + n * interval '1 minute' FROM generate_series(1, {count}) n
        """);
}
