using System.Net;
using System.Text.Json;
using Guildhall.Modules.Governance;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Governance;

/// <summary>The pages: who saw what, what a person can do about their own data, what administrators do about it, and how long things are kept.</summary>
public sealed class PrivacyPagesTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Show_a_shop_who_of_the_staff_looked_at_it()
    {
        var (scene, shop, sellerId, id) = await GivenSent("Lena Holm");
        (await shop.Get("/account/data")).Words.ShouldContain("Nobody of the staff has looked at them.");

        await scene.Manager.Page($"/manage/{scene.Slug}/applications/{id}");
        await scene.Manager.Page($"/manage/{scene.Slug}/applications/{id}");
        await scene.Manager.Page($"/manage/sellers/{sellerId}");

        var words = (await shop.Get("/account/data")).Words;
        words.ShouldContain("Program manager. Saw: name, answers, figures, pains.");
        (await Looks(sellerId)).ShouldBe(2, "the same look within a quarter of an hour is one");
        product.Clock.Advance(TimeSpan.FromMinutes(16));
        await scene.Manager.Page($"/manage/{scene.Slug}/applications/{id}");
        (await Looks(sellerId)).ShouldBe(3);
    }

    [Fact]
    public async Task Let_auditors_read_and_take_along_what_lies_within_their_reach()
    {
        var (scene, _, sellerId, id) = await GivenSent("=Omar Vidal");
        var (other, _, _, otherId) = await GivenSent("Pia Roth");
        await scene.Manager.Page($"/manage/{scene.Slug}/applications/{id}");
        await scene.Manager.Page($"/manage/{other.Slug}/applications/{otherId}");
        await scene.Manager.Page($"/manage/sellers/{sellerId}");
        var number = Guid.NewGuid().ToString("N")[..6];
        using var whole = await product.Another("Ada Whole", $"ada{number}@example.com", Role.Auditor);
        using var limited = await product.Another("Lim Ited", $"lim{number}@example.com", account => account.Grant(Role.Auditor, product.Clock.GetUtcNow(), [scene.Slug]));

        var (all, some) = ((await whole.Get("/audit/log?whom=shop")).Words, (await limited.Get("/audit/log")).Words);

        all.ShouldContain("=Omar Vidal’s shop");
        all.ShouldContain("Pia Roth’s shop");
        some.ShouldContain("=Omar Vidal’s shop");
        some.ShouldNotContain("Pia Roth");
        some.ShouldNotContain("peers", Case.Sensitive, "a seller’s page belongs to no program");
        (await whole.Get("/audit/log?what=Decided&whom=Pia")).Words.ShouldContain("Nothing was found.");
        var csv = (await limited.Get("/audit/log/log.csv")).Text;
        csv.ShouldContain("'=Omar Vidal");
        csv.ShouldNotContain("Pia Roth");
        (await whole.Get("/audit/log?from=tomorrow")).ShouldSatisfyAllConditions(answer => answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity), answer => answer.Words.ShouldContain("Enter the first day as year, month and day"));
        (await whole.Get("/audit/log?to=9999-12-31&from=0001-01-01")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Read_a_page_of_the_log_in_a_number_of_queries_that_its_rows_don_t_change()
    {
        var manager = await product.Manager();
        await using (var db = product.Database.NewDb())
        {
            db.AddRange(Enumerable.Range(0, 60).Select(at => new AuditEntry(product.Clock.GetUtcNow().AddSeconds(at), Guid.CreateVersion7(), Role.Manager, AuditVerb.Seen, AuditKind.Seller, Guid.CreateVersion7(), null, ["name"])));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await manager.Page("/audit/log")).QuerySelectorAll("tbody tr").Length.ShouldBe(AuditLog.PageSize);
        (await QueryCount.Of(product.Database, () => manager.Get("/audit/log"))).ShouldBeLessThanOrEqualTo(12);
        (await manager.Get((await manager.Page("/audit/log")).QuerySelector("a[rel=next], .gh-foot a")!.GetAttribute("href")!)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Say_on_demand_whether_the_chain_is_whole()
    {
        var manager = await product.Manager();

        (await manager.Get("/audit/log?check=yes")).Words.ShouldContain("Checked ");
    }

    [Fact]
    public async Task Note_roles_decisions_and_invitations_in_the_trail()
    {
        var (scene, _, sellerId, id) = await GivenSent("Nia Bell");
        await scene.Manager.Post($"/manage/{scene.Slug}/applications/{id}", ("Decision", "accept"), ("Tier", "Standard"), ("seen", await Seen(scene, id)));
        await scene.Manager.Post($"/manage/sellers/{sellerId}/invite", ("Email", "nia.second@example.com"));
        using var colleague = await product.Another("Cole League", "cole@example.com", _ => { });
        var account = await product.Database.ScalarAsync<Guid>("SELECT id FROM people.account WHERE email = 'cole@example.com'");
        var stamp = await product.Database.ScalarAsync<string>("SELECT concurrency_stamp FROM people.account WHERE email = 'cole@example.com'");
        (await scene.Manager.Post($"/settings/roles/{account}", ("seen", stamp), ("Roles", "Facilitator"))).Location.ShouldNotBeNull();

        (await Verbs(sellerId)).ShouldBe("Decided:application,accepted Invited: Seen:name,answers,figures,pains");
        (await Verbs(account)).ShouldBe("RoleGiven:facilitator,all-programs");
    }

    [Fact]
    public async Task Give_everybody_a_file_of_their_own_data()
    {
        var (scene, shop, _, id) = await GivenSent("Ines Faro");
        using var plain = await product.Another("Kim Plain", "kim.plain@example.com", _ => { });
        await scene.Manager.Get($"/manage/{scene.Slug}/applications/{id}");

        var (file, bare) = (await shop.Get("/account/data/my-data.json"), await plain.Get("/account/data/my-data.json"));

        file.Headers["Content-Disposition"].ShouldContain("my-data.json");
        file.Text.ShouldContain("Ines Faro");
        file.Text.ShouldContain("listing-optimization");
        file.Text.ShouldNotContain("Kim Plain");
        bare.Text.ShouldContain("Kim Plain");
        bare.Text.ShouldNotContain("Ines Faro");
        file.Text.ShouldContain("\"role\":\"Program manager\",\"what\":\"Saw: name, answers, figures, pains\"");
        file.Text.ShouldNotContain("Dana Reyes", Case.Insensitive, "who it was stands on the page alone");
        using var json = JsonDocument.Parse(bare.Bytes);
        json.RootElement.GetProperty("version").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Take_a_request_to_be_deleted_from_asking_to_the_end_of_the_session()
    {
        var (scene, shop, sellerId, id) = await GivenSent("Ruth Adler");
        await scene.Manager.Post($"/manage/{scene.Slug}/applications/{id}", ("Decision", "accept"), ("Tier", "Standard"), ("seen", await Seen(scene, id)));
        (await scene.Manager.Get($"/manage/{scene.Slug}/people")).Words.ShouldContain("Ruth Adler");

        (await shop.Post("/account/data/delete")).Location.ShouldBe("/account/data?did=asked");
        (await shop.Post("/account/data/delete")).Location.ShouldBe("/account/data?did=asked");
        (await shop.Get("/account/data")).Words.ShouldContain("An administrator carries it out by");
        (await MailsOf(sellerId)).ShouldBe("You asked for your data to be deleted");
        (await scene.Manager.Get("/settings/erasures")).Words.ShouldContain("Ruth Adler");
        var request = await product.Database.ScalarAsync<Guid>($"SELECT r.id FROM governance.erasure_request r JOIN people.account a ON a.id = r.account_id WHERE a.seller_id = '{sellerId}' AND r.state = 'Asked'");
        (await scene.Manager.Page("/settings/erasures")).QuerySelectorAll("main form").ShouldBeEmpty("nothing is deleted at one press");
        (await scene.Manager.Get($"/settings/erasures/{request}/carry-out")).Words.ShouldContain("Delete what is held of Ruth Adler?");
        (await scene.Manager.Get($"/settings/erasures/{request}/carry-out")).Words.ShouldContain("It can’t be undone. The account and its shop go");
        (await shop.Get("/account/data")).Words.ShouldContain("An administrator carries it out by", Case.Sensitive, "looking changes nothing");
        (await scene.Manager.Post($"/settings/erasures/{request}/carry-out")).Location.ShouldBe("/settings/erasures?did=done");
        (await scene.Manager.Get($"/settings/erasures/{request}/carry-out")).Status.ShouldBe(HttpStatusCode.Conflict);

        product.Clock.Advance(TimeSpan.FromSeconds(61));
        (await shop.Get("/me")).Location.ShouldStartWith("/sign-in");
        (await scene.Manager.Get($"/manage/{scene.Slug}/people")).Words.ShouldNotContain("Ruth Adler");
        (await scene.Manager.Get($"/manage/{scene.Slug}/applications?state=accepted")).Words.ShouldNotContain("Ruth Adler");
        (await scene.Manager.Get($"/manage/{scene.Slug}/applications/{id}")).Words.ShouldNotContain("Ruth Adler");
        (await scene.Manager.Get($"/manage/sellers/{sellerId}")).Heading.ShouldStartWith("erased-");
        (await scene.Manager.Get("/settings/erasures")).Words.ShouldContain("Somebody who is gone");
        (await scene.Manager.Get("/settings/mail")).Words.ShouldNotContain("Ruth Adler");
        var again = await scene.Manager.Post($"/settings/erasures/{request}/carry-out");
        again.Status.ShouldBe(HttpStatusCode.Conflict);
        again.Words.ShouldContain("This request was carried out or taken back meanwhile.");
    }

    Task<string> MailsOf(Guid sellerId) => product.Database.ScalarAsync<string>(
        $"SELECT string_agg(m.subject, ', ' ORDER BY m.id) FROM platform.outgoing_mail m JOIN people.account a ON m.\"to\" = a.email WHERE a.seller_id = '{sellerId}' AND m.kind_id = 'account-changes'");

    [Fact]
    public async Task Let_a_person_take_their_request_back()
    {
        using var plain = await product.Another("Vera Change", "vera@example.com", _ => { });
        await plain.Post("/account/data/delete");

        (await plain.Post("/account/data/keep")).Location.ShouldBe("/account/data?did=kept");
        (await product.Database.ScalarAsync<string>("SELECT string_agg(subject, ', ' ORDER BY id) FROM platform.outgoing_mail WHERE address_key = 'vera@example.com'")).ShouldBe("You asked for your data to be deleted, Your data stay");

        (await plain.Get("/account/data")).Words.ShouldContain("Ask to delete my data");
        (await plain.Post("/account/data/keep")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("121")]
    [InlineData("-3")]
    [InlineData("a year")]
    [InlineData("")]
    public async Task Refuse_months_that_mean_nothing(string months)
    {
        var manager = await product.Manager();

        var answer = await manager.Post("/settings/retention", ("applications", months), ("mails", "6"), ("import-rows", "3"), ("events", "1"), ("session-words", "24"));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Page.QuerySelector("#applications")!.GetAttribute("value").ShouldBe(months);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM governance.retention_period WHERE id = 'applications' AND months NOT BETWEEN 1 AND 120")).ShouldBe(0);
    }

    [Fact]
    public async Task Remove_what_was_kept_long_enough_and_say_so()
    {
        var (scene, shop, sellerId, id) = await GivenSent("Tom Short");
        await scene.Manager.Post($"/manage/{scene.Slug}/applications/{id}", ("Decision", "decline"), ("Reason", "No time this year."), ("seen", await Seen(scene, id)));
        (await scene.Manager.Post("/settings/retention", ("applications", "2"), ("mails", "6"), ("import-rows", "3"), ("events", "1"), ("session-words", "24"), ("notices", "6"), ("digests", "1"))).Location.ShouldBe("/settings/retention?did=saved");

        await product.Database.ExecuteAsync($"UPDATE enrollment.application SET decided_at = '{product.Clock.GetUtcNow().AddDays(-40):O}' WHERE id = '{id}'");
        await product.Ask<Retention, int>(retention => retention.Run(TestContext.Current.CancellationToken));
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.application WHERE seller_id = '{sellerId}'")).ShouldBe(1, "not yet two months");
        await product.Database.ExecuteAsync($"UPDATE enrollment.application SET decided_at = '{product.Clock.GetUtcNow().AddDays(-70):O}' WHERE id = '{id}'");
        await product.Ask<Retention, int>(retention => retention.Run(TestContext.Current.CancellationToken));

        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.application WHERE seller_id = '{sellerId}'")).ShouldBe(0);
        (await scene.Manager.Get("/audit/log?what=Removed")).Words.ShouldContain("Removed what was kept long enough: applications, 1");
        (await shop.Get("/me")).Status.ShouldBe(HttpStatusCode.OK);
    }

    async Task<(ProgramScene Scene, Browser Shop, Guid SellerId, Guid Id)> GivenSent(string person)
    {
        var scene = await product.GivenOpenProgram();
        var (shop, sellerId) = await product.GivenShop(person);
        await shop.Applies(scene.Slug);
        return (scene, shop, sellerId, await product.Database.ScalarAsync<Guid>($"SELECT id FROM enrollment.application WHERE seller_id = '{sellerId}'"));
    }

    static async Task<string> Seen(ProgramScene scene, Guid id) => (await scene.Manager.Page($"/manage/{scene.Slug}/applications/{id}")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    Task<long> Looks(Guid subject) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM platform.audit_entry WHERE subject_id = '{subject}' AND verb = 'Seen'");

    Task<string> Verbs(Guid subject) => product.Database.ScalarAsync<string>($"SELECT string_agg(DISTINCT verb || ':' || array_to_string(codes, ','), ' ') FROM platform.audit_entry WHERE subject_id = '{subject}'");
}
