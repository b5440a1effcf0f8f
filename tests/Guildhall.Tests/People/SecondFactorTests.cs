using System.Net;
using Guildhall.Platform.Access;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.People;

/// <summary>The second factor: setting it up, being asked for it, losing it.</summary>
public sealed class SecondFactorTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string Wrong = "Enter the code that your app shows now, or a recovery code that you have not used yet.";

    [Fact]
    public async Task Asks_for_a_code_after_the_password_and_lets_nobody_in_without()
    {
        var email = PeopleScene.NewAddress("code");
        using var owner = await product.GivenManager(email);
        var (app, _) = await owner.GivenSecondFactor(product);
        using var browser = product.Visitor();

        var first = await browser.SignIn(email, RunningProduct.Password, "/manage/sellers");
        var tooEarly = await browser.Get("/manage");
        var wrong = await browser.Post("/sign-in/code", ("Code", "000000"), ("To", "/manage/sellers"));
        var right = await browser.Post("/sign-in/code", ("Code", app.NextCode()), ("To", "/manage/sellers"));

        first.Location.ShouldBe("/sign-in/code?to=%2Fmanage%2Fsellers");
        tooEarly.Location.ShouldBe("/sign-in?to=%2Fmanage");
        (wrong.Status, wrong.Words.Contains(Wrong)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), wrong.Words);
        right.Location.ShouldBe("/manage/sellers");
        (await browser.Get("/manage")).Status.ShouldBe(HttpStatusCode.OK);
        (await product.MailTo(email)).Select(mail => mail.Subject).ShouldBe(["Your second factor is on"]);
    }

    [Fact]
    public async Task Shows_no_code_page_to_who_has_not_given_a_password()
    {
        using var browser = product.Visitor();

        (await browser.Get("/sign-in/code")).Location.ShouldBe("/sign-in");
        (await browser.Post("/sign-in/code", ("Code", "123456"))).Location.ShouldBe("/sign-in?did=late");
        (await browser.Get("/sign-in?did=late")).Words.ShouldContain("Signing in took longer than five minutes.");
    }

    [Fact]
    public async Task Ends_the_sessions_that_were_open_before_it_was_on()
    {
        var email = PeopleScene.NewAddress("before");
        using var owner = await product.GivenManager(email);
        using var other = product.Visitor();
        await other.SignIn(email, RunningProduct.Password);

        await owner.GivenSecondFactor(product);
        product.Clock.Advance(TimeSpan.FromSeconds(61));

        (await owner.Get("/manage")).Status.ShouldBe(HttpStatusCode.OK);
        (await other.Get("/manage")).Location.ShouldBe("/sign-in?to=%2Fmanage");
    }

    [Fact]
    public async Task Takes_each_code_once_also_of_two_who_send_it_at_once()
    {
        var email = PeopleScene.NewAddress("replay");
        using var owner = await product.GivenManager(email);
        var (app, _) = await owner.GivenSecondFactor(product);
        using var one = product.Visitor();
        using var other = product.Visitor();
        await one.SignIn(email, RunningProduct.Password);
        await other.SignIn(email, RunningProduct.Password);
        var code = app.NextCode();

        var answers = await Task.WhenAll(one.Post("/sign-in/code", ("Code", code)), other.Post("/sign-in/code", ("Code", code)));
        var later = await other.Post("/sign-in/code", ("Code", code));

        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity]);
        later.Location.ShouldNotBe("/manage");
    }

    [Fact]
    public async Task Shows_ten_recovery_codes_once_and_takes_each_once_also_of_two_at_once()
    {
        var email = PeopleScene.NewAddress("recovery");
        using var owner = await product.GivenManager(email);
        var (_, codes) = await owner.GivenSecondFactor(product);
        var stored = await product.Database.ScalarAsync<string>("SELECT string_agg(to_jsonb(c)::text, ' ') FROM people.recovery_code c");
        using var one = product.Visitor();
        using var other = product.Visitor();
        await one.SignIn(email, RunningProduct.Password);
        await other.SignIn(email, RunningProduct.Password);

        var answers = await Task.WhenAll(one.Post("/sign-in/code", ("Code", codes[0])), other.Post("/sign-in/code", ("Code", codes[0].ToUpperInvariant().Replace('-', ' '))));

        codes.Distinct().Count().ShouldBe(10);
        codes.ShouldAllBe(code => !stored.Contains(code) && !stored.Contains(code.Replace("-", "")));
        (await owner.Get("/account/second-factor")).Text.ShouldNotContain(codes[1]);
        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity]);
        (await owner.Get("/account/second-factor")).Words.ShouldContain("9 codes are left.");
        (await product.MailTo(email)).ShouldContain(("A recovery code was used", "/account"));
    }

    [Fact]
    public async Task Rests_after_five_wrong_codes_also_for_the_right_one()
    {
        var email = PeopleScene.NewAddress("guesses");
        using var owner = await product.GivenManager(email);
        var (app, codes) = await owner.GivenSecondFactor(product);
        using var browser = product.Visitor();
        await browser.SignIn(email, RunningProduct.Password);
        // Not across the end of a window of fifteen minutes.
        product.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(product.Clock.GetUtcNow().UtcTicks % TimeSpan.FromMinutes(15).Ticks));
        await browser.SignIn(email, RunningProduct.Password);
        for (var guess = 0; guess < 5; guess++) await browser.Post("/sign-in/code", ("Code", $"00000{guess}"));

        var right = await browser.Post("/sign-in/code", ("Code", app.Code()));
        var recovery = await browser.Post("/sign-in/code", ("Code", codes[0]));

        (right.Status, recovery.Status).ShouldBe((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity));
        right.Words.ShouldContain("After 5 tries, wait 15 minutes.");
        using var later = product.Visitor();
        product.Clock.Advance(TimeSpan.FromMinutes(15));
        await later.SignIn(email, RunningProduct.Password);
        (await later.Post("/sign-in/code", ("Code", codes[0]))).Location.ShouldBe("/manage", "a code that was refused untried is not used up");
    }

    [Fact]
    public async Task Remembers_a_device_for_thirty_days_and_until_every_session_is_ended()
    {
        var email = PeopleScene.NewAddress("device");
        using var owner = await product.GivenManager(email);
        var (app, _) = await owner.GivenSecondFactor(product);
        using var browser = product.Visitor();
        await browser.SignIn(email, RunningProduct.Password);
        await browser.Post("/sign-in/code", ("Code", app.NextCode()), ("Remember", "true"));

        await browser.Post("/sign-out");
        var sameDevice = await browser.SignIn(email, RunningProduct.Password);
        await browser.Post("/account/sessions");
        await browser.Post("/sign-out");
        product.Clock.Advance(TimeSpan.FromSeconds(61));
        var afterTheEnd = await browser.SignIn(email, RunningProduct.Password);
        await browser.Post("/sign-in/code", ("Code", app.NextCode()), ("Remember", "true"));
        await browser.Post("/sign-out");
        product.Clock.Advance(TimeSpan.FromDays(31));
        var afterAMonth = await browser.SignIn(email, RunningProduct.Password);

        sameDevice.Location.ShouldBe("/manage");
        afterTheEnd.Location.ShouldBe("/sign-in/code");
        afterAMonth.Location.ShouldBe("/sign-in/code");
    }

    [Fact]
    public async Task Turns_off_for_who_has_both_password_and_code_only()
    {
        var email = PeopleScene.NewAddress("off");
        using var owner = await product.GivenManager(email);
        var (app, codes) = await owner.GivenSecondFactor(product);

        var noPassword = await owner.Post("/account/second-factor/off", ("Password", "wrong"), ("Code", app.NextCode()));
        var noCode = await owner.Post("/account/second-factor/off", ("Password", RunningProduct.Password), ("Code", "000000"));
        var both = await owner.Post("/account/second-factor/off", ("Password", RunningProduct.Password), ("Code", codes[3]));

        noPassword.Page.QuerySelector("#Password-error").ShouldNotBeNull();
        noCode.Page.QuerySelector("#Code-error").ShouldNotBeNull();
        both.Location.ShouldBe("/account?did=factor-off");
        using var later = product.Visitor();
        (await later.SignIn(email, RunningProduct.Password)).Location.ShouldBe("/manage");
        (await product.MailTo(email)).ShouldContain(("Your second factor is off", "/account"));
    }

    [Fact]
    public async Task Turns_on_for_who_has_password_and_code_only_and_keeps_the_key_of_the_page()
    {
        using var owner = await product.GivenManager(PeopleScene.NewAddress("on"));
        var page = await owner.Page("/account/second-factor");
        var (offered, key) = (page.QuerySelector("input[name=OfferedSecret]")!.GetAttribute("value")!, page.QuerySelector(".wraps code")!.TextContent);
        var app = new App(product, key);

        var wrongCode = await owner.Post("/account/second-factor", ("OfferedSecret", offered), ("Code", "000000"), ("Password", RunningProduct.Password));
        var wrongPassword = await owner.Post("/account/second-factor", ("OfferedSecret", offered), ("Code", app.Code()), ("Password", "wrong"));
        var madeUp = await owner.Post("/account/second-factor", ("OfferedSecret", "CfDJ8madeup"), ("Code", app.Code()), ("Password", RunningProduct.Password));
        using var somebodyElse = await product.GivenManager(PeopleScene.NewAddress("thief"));
        var stolen = await somebodyElse.Post("/account/second-factor", ("OfferedSecret", offered), ("Code", app.Code()), ("Password", RunningProduct.Password));

        wrongCode.Page.QuerySelector(".wraps code")!.TextContent.ShouldBe(key);
        wrongPassword.Page.QuerySelector("#Password-error").ShouldNotBeNull();
        (madeUp.Status, stolen.Status).ShouldBe((HttpStatusCode.Conflict, HttpStatusCode.Conflict));
        page.QuerySelector("svg.qr path")!.GetAttribute("d")!.Length.ShouldBeGreaterThan(1000);
        page.QuerySelector("a[href^='otpauth://totp/']")!.GetAttribute("href")!.ShouldContain("secret=" + key.Replace(" ", ""));
    }

    [Fact]
    public async Task Turns_on_once_of_two_windows_at_once()
    {
        var email = PeopleScene.NewAddress("twice");
        using var owner = await product.GivenManager(email);
        var page = await owner.Page("/account/second-factor");
        (string, string)[] form =
        [
            ("OfferedSecret", page.QuerySelector("input[name=OfferedSecret]")!.GetAttribute("value")!), ("Code", new App(product, page.QuerySelector(".wraps code")!.TextContent).Code()),
            ("Password", RunningProduct.Password), ("__RequestVerificationToken", page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!),
        ];

        var answers = await Task.WhenAll(owner.PostForged("/account/second-factor", form), owner.PostForged("/account/second-factor", form));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(1);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM people.recovery_code c JOIN people.account a ON a.id = c.account_id WHERE a.email = '{email}'")).ShouldBe(10);
    }

    [Fact]
    public async Task Replaces_recovery_codes_for_who_has_a_code()
    {
        var email = PeopleScene.NewAddress("renew");
        using var owner = await product.GivenManager(email);
        var (app, old) = await owner.GivenSecondFactor(product);

        (await owner.Post("/account/second-factor/codes", ("RenewCode", "000000"))).Page.QuerySelector("#RenewCode-error").ShouldNotBeNull();
        var renewed = await owner.Post("/account/second-factor/codes", ("RenewCode", app.NextCode()));
        var codes = renewed.Page.QuerySelectorAll(".recovery-codes code").Select(code => code.TextContent).ToList();
        using var browser = product.Visitor();
        await browser.SignIn(email, RunningProduct.Password);

        codes.Count.ShouldBe(10);
        codes.Intersect(old).ShouldBeEmpty();
        (await browser.Post("/sign-in/code", ("Code", old[0]))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await browser.Post("/sign-in/code", ("Code", codes[0]))).Location.ShouldBe("/manage");
    }

    [Fact]
    public async Task Keeps_the_key_out_of_the_table()
    {
        using var owner = await product.GivenManager(PeopleScene.NewAddress("stored"));
        var key = (await owner.Page("/account/second-factor")).QuerySelector(".wraps code")!.TextContent.Replace(" ", "");

        await owner.GivenSecondFactor(product);

        (await product.Database.ScalarAsync<string>("SELECT string_agg(to_jsonb(a)::text, ' ') FROM people.authenticator a")).ShouldNotContain(key);
        (await product.Database.ScalarAsync<string>("SELECT min(protected_secret) FROM people.authenticator")).ShouldStartWith("CfDJ8");
    }
}

/// <summary>An installation that asks its staff for a second factor, and administrators who help.</summary>
public sealed class SignInRulesTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Leads_staff_without_a_second_factor_to_its_set_up_and_nowhere_else()
    {
        var administrator = await product.Manager();
        using var staff = await product.GivenManager(PeopleScene.NewAddress("staff"));
        using var kim = await product.Another("Kim Lee", PeopleScene.NewAddress("kim"), _ => { });

        (await administrator.Post("/settings/sign-in", ("On", "true"))).Location.ShouldBe("/settings/sign-in?did=saved");
        product.Clock.Advance(TimeSpan.FromSeconds(61));
        string[] paths = ["/manage", "/manage/new", "/manage/sellers", "/help", "/account", "/no-access"];
        var led = new List<string?>();
        foreach (var path in paths) led.Add((await staff.Get(path)).Location);
        var setUp = await staff.Get("/account/second-factor");
        await staff.GivenSecondFactor(product);
        var after = await staff.Get("/manage");
        await administrator.GivenSecondFactor(product);
        await administrator.Post("/settings/sign-in", ("On", "false"));

        led.ShouldAllBe(location => location == "/account/second-factor");
        setUp.Words.ShouldContain("This installation asks everybody on the staff for a second factor.");
        after.Status.ShouldBe(HttpStatusCode.OK);
        (await kim.Get("/account")).Status.ShouldBe(HttpStatusCode.OK, "people without a staff role are not asked");
        (await administrator.Get("/settings/sign-in")).Words.ShouldContain("staff accounts have a second factor.");
    }

    [Fact]
    public async Task Lets_staff_sign_out_instead()
    {
        var administrator = await product.Manager();
        using var staff = await product.GivenManager(PeopleScene.NewAddress("leaver"));
        await product.Database.ExecuteAsync("INSERT INTO people.sign_in_rules VALUES (1, true, now(), gen_random_uuid()) ON CONFLICT (id) DO UPDATE SET staff_need_second_factor = true");
        product.Clock.Advance(TimeSpan.FromSeconds(61));

        var left = await staff.Post("/sign-out");
        await product.Database.ExecuteAsync("UPDATE people.sign_in_rules SET staff_need_second_factor = false");

        left.Location.ShouldBe("/");
        administrator.ShouldNotBeNull();
    }

    [Fact]
    public async Task Resets_the_second_factor_of_somebody_else_with_a_reason_on_record()
    {
        var email = PeopleScene.NewAddress("lost");
        var administrator = await product.Manager();
        using var owner = await product.GivenManager(email);
        await owner.GivenSecondFactor(product);

        var unknown = await administrator.Post("/settings/sign-in/reset", ("ResetEmail", "nobody@example.com"), ("Reason", "Called her"));
        var reasonless = await administrator.Post("/settings/sign-in/reset", ("ResetEmail", email), ("Reason", " "));
        var own = await administrator.Post("/settings/sign-in/reset", ("ResetEmail", RunningProduct.ManagerEmail), ("Reason", "Mine"));
        var done = await administrator.Post("/settings/sign-in/reset", ("ResetEmail", email), ("Reason", "Lost her phone; called her on the number we know."));
        product.Clock.Advance(TimeSpan.FromSeconds(61));

        unknown.Page.QuerySelector("#ResetEmail-error")!.TextContent.ShouldContain("No account has nobody@example.com.");
        reasonless.Page.QuerySelector("#Reason-error").ShouldNotBeNull();
        reasonless.Page.QuerySelector("#ResetEmail")!.GetAttribute("value").ShouldBe(email);
        own.Words.ShouldContain("Another administrator can reset your own second factor.");
        done.Location.ShouldBe("/settings/sign-in?did=reset");
        (await administrator.Page("/settings/sign-in")).QuerySelectorAll("tbody tr:first-child td").Skip(1).Select(cell => cell.TextContent)
            .ShouldBe(["Noor Haddad", "Dana Reyes", "Lost her phone; called her on the number we know."]);
        (await owner.Get("/manage")).Location.ShouldBe("/sign-in?to=%2Fmanage");
        using var later = product.Visitor();
        (await later.SignIn(email, RunningProduct.Password)).Location.ShouldBe("/manage");
        (await product.MailTo(email)).ShouldContain(("Your second factor was reset", "/account"));
    }

    [Fact]
    public async Task Keeps_rules_and_resets_to_administrators()
    {
        using var auditor = await product.Another("Ada Ross", PeopleScene.NewAddress("auditor"), Role.Auditor);

        (await auditor.Get("/settings/sign-in")).Location.ShouldStartWith("/no-access");
        (await auditor.Post("/settings/sign-in", ("On", "true"))).Location.ShouldStartWith("/no-access");
        (await auditor.Post("/settings/sign-in/reset", ("ResetEmail", RunningProduct.ManagerEmail), ("Reason", "x"))).Location.ShouldStartWith("/no-access");
    }
}
