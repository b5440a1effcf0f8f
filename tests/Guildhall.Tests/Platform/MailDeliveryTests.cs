using System.Net.Sockets;
using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Platform;

/// <summary>What becomes of a mail between the save that stores it and the answer of the mail server.</summary>
public sealed class MailDeliveryTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sends_what_was_committed_and_nothing_else()
    {
        await using var scene = await MailScene.Given(database);
        await using (var scope = scene.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            scope.ServiceProvider.GetRequiredService<Outbox>().Add(MailScene.To("rolled-back@example.com"));
            await db.SaveChangesAsync(Stop);
            await scene.SendDue();
        }
        await scene.Add("dana@example.com");

        await scene.SendDue();
        await scene.SendDue();

        scene.Sink.Mails.Select(mail => mail.To.Single()).ShouldBe(["dana@example.com"]);
        var sent = await scene.Mail("dana@example.com");
        (sent.State, sent.Tries, sent.Body).ShouldBe((MailState.Sent, 1, null));
        sent.SentAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Takes_one_connection_for_all_mails_of_a_round()
    {
        await using var scene = await MailScene.Given(database);
        await scene.Add([.. Enumerable.Range(0, 20).Select(n => MailScene.To($"m{n}@example.com"))]);

        await scene.SendDue();

        (scene.Sink.Mails.Count, scene.Sink.Connections).ShouldBe((20, 1));
    }

    [Fact]
    public async Task Tries_later_and_later_while_the_server_is_busy_and_gives_up_after_about_three_days()
    {
        await using var scene = await MailScene.Given(database);
        scene.Sink.OnRecipient = _ => "451 4.3.2 busy";
        await scene.Add("busy@example.com");
        var begun = scene.Clock.GetUtcNow();

        await scene.SendDue();
        for (var tries = 1; tries < OutgoingMail.MostTries; tries++)
        {
            var mail = await scene.Mail("busy@example.com");
            (mail.State, mail.Tries).ShouldBe((MailState.Waiting, tries));
            var wait = mail.NextTryAt - scene.Clock.GetUtcNow();
            var planned = TimeSpan.FromMinutes(Math.Min(Math.Pow(2, tries - 1), 360));
            wait.ShouldBeInRange(planned * 0.79, planned * 1.21);
            await scene.SendDue(wait - TimeSpan.FromSeconds(5));
            (await scene.Mail("busy@example.com")).Tries.ShouldBe(tries, "it is not due yet");
            await scene.SendDue(TimeSpan.FromSeconds(10));
        }

        var given = await scene.Mail("busy@example.com");
        (given.State, given.Tries).ShouldBe((MailState.GaveUp, OutgoingMail.MostTries));
        given.LastAnswer!.ShouldContain("4.3.2 busy");
        given.Body.ShouldNotBeNull("it can be sent again");
        (scene.Clock.GetUtcNow() - begun).TotalDays.ShouldBeInRange(2.2, 3.6);
        await scene.SendDue(TimeSpan.FromDays(1));
        scene.Sink.Said.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)).ShouldBe(OutgoingMail.MostTries);
    }

    [Theory]
    [InlineData(1, 0, 0.8)]
    [InlineData(1, 1, 1.2)]
    [InlineData(9, 0.5, 256)]
    [InlineData(10, 0.5, 360)]
    [InlineData(19, 1, 432)]
    public void Waits_for_twice_as_long_each_time_up_to_six_hours(int tries, double chance, double minutes) =>
        Backoff.After(tries, chance).TotalMinutes.ShouldBe(minutes, 1e-9);

    [Fact]
    public async Task Never_tries_again_what_the_server_refused()
    {
        await using var scene = await MailScene.Given(database);
        scene.Sink.OnRecipient = to => to == "gone@example.com" ? "550 5.1.1 no such user" : null;
        scene.Sink.OnMessage = mail => Task.FromResult(mail.To[0] == "spam@example.com" ? "554 5.7.1 looks like spam" : null);
        foreach (var to in (string[])["gone@example.com", "spam@example.com", "dana@example.com"]) await scene.Add(to);

        await scene.SendDue();
        await scene.SendDue(TimeSpan.FromDays(10));

        (await scene.States()).ShouldBe("Refused 2, Sent 1");
        var (gone, spam) = (await scene.Mail("gone@example.com"), await scene.Mail("spam@example.com"));
        (gone.Tries, spam.Tries).ShouldBe((1, 1));
        gone.LastAnswer!.ShouldContain("5.1.1 no such user");
        spam.LastAnswer!.ShouldContain("5.7.1 looks like spam");
        scene.Sink.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Lets_no_mail_hold_up_the_others()
    {
        await using var scene = await MailScene.Given(database);
        scene.Sink.OnRecipient = to => to == "busy@example.com" ? "450 4.2.1 mailbox busy" : null;
        await scene.Add("busy@example.com");
        await scene.Add("dana\r\nRCPT TO:<evil@example.com>");
        await scene.Add("a@example.com, b@example.com");
        await scene.Add("");
        await scene.Add("dana@example.com");

        await scene.SendDue();

        (await scene.States()).ShouldBe("Refused 3, Sent 1, Waiting 1");
        scene.Sink.Mails.Select(mail => mail.To.Single()).ShouldBe(["dana@example.com"]);
        (await scene.Mail("")).LastAnswer.ShouldBe("This is not the address of one mailbox, so no mail server was asked.");
    }

    [Fact]
    public async Task Sends_a_mail_whose_answer_was_lost_once_more_with_the_same_id()
    {
        await using var scene = await MailScene.Given(database);
        var lost = 0;
        scene.Sink.OnMessage = mail => Task.FromResult(mail.To[0] == "lost@example.com" && Interlocked.Increment(ref lost) == 1 ? SmtpSink.HangUp : null);
        await scene.Add("lost@example.com");
        await scene.Add("dana@example.com");

        await scene.SendDue();
        (await scene.Mail("lost@example.com")).State.ShouldBe(MailState.Waiting);
        await scene.SendDue(MailWorker.FirstRest);
        await scene.SendDue(TimeSpan.FromMinutes(2));
        await scene.SendDue(TimeSpan.FromDays(1));

        (await scene.States()).ShouldBe("Sent 2");
        scene.Sink.Mails.Where(mail => mail.To[0] == "lost@example.com").Select(mail => mail.Header("Message-ID")).ShouldBe([(await scene.Mail("lost@example.com")).MessageId, (await scene.Mail("lost@example.com")).MessageId]);
        scene.Sink.Mails.Count(mail => mail.To[0] == "dana@example.com").ShouldBe(1);
    }

    [Fact]
    public async Task Asks_a_dead_server_once_and_not_for_every_mail()
    {
        using var free = new TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        await using var scene = await MailScene.Given(database, _ => new SmtpServer("127.0.0.1", port, null, null, UsesTls: false) { Patience = TimeSpan.FromSeconds(10) });
        free.Stop();
        await scene.Add([.. Enumerable.Range(0, 30).Select(n => MailScene.To($"m{n}@example.com"))]);

        for (var round = 0; round < 5; round++) await scene.SendDue();
        (await database.ScalarAsync<long>("SELECT sum(tries) FROM platform.outgoing_mail")).ShouldBe(1);
        await scene.SendDue(MailWorker.FirstRest);
        await scene.SendDue();
        (await database.ScalarAsync<long>("SELECT sum(tries) FROM platform.outgoing_mail")).ShouldBeInRange(2, 3);
        await scene.SendDue(MailWorker.FirstRest);
        (await database.ScalarAsync<long>("SELECT sum(tries) FROM platform.outgoing_mail")).ShouldBeInRange(2, 3, "the second rest is longer");

        (await scene.States()).ShouldBe("Waiting 30");
    }

    [Fact]
    public async Task Lets_a_server_rest_that_says_later_to_everybody()
    {
        await using var scene = await MailScene.Given(database);
        scene.Sink.OnRecipient = _ => "452 4.3.1 full";
        await scene.Add([.. Enumerable.Range(0, 30).Select(n => MailScene.To($"m{n}@example.com"))]);

        await scene.SendDue();
        await scene.SendDue();

        scene.Sink.Said.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)).ShouldBe(MailWorker.MostInARow);
        scene.Sink.OnRecipient = _ => null;
        await scene.SendDue(MailWorker.FirstRest);
        (await scene.States()).ShouldBe("Sent 25, Waiting 5");
        await scene.SendDue(TimeSpan.FromMinutes(2));
        (await scene.States()).ShouldBe("Sent 30");
    }

    [Fact]
    public async Task Does_not_wait_forever_for_a_server_that_says_nothing()
    {
        await using var scene = await MailScene.Given(database, patience: TimeSpan.FromSeconds(3));
        scene.Sink.IsSilent = true;
        await scene.Add("dana@example.com");

        await scene.SendDue();
        var waiting = await scene.Mail("dana@example.com");
        scene.Sink.IsSilent = false;
        await scene.SendDue(TimeSpan.FromMinutes(2));

        (waiting.State, waiting.Tries).ShouldBe((MailState.Waiting, 1));
        waiting.LastAnswer!.ShouldContain("did not answer");
        scene.Sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sends_each_mail_once_however_many_nodes_send()
    {
        await using var scene = await MailScene.Given(database);
        await scene.Add([.. Enumerable.Range(0, 200).Select(n => MailScene.To($"m{n}@example.com"))]);
        var nodes = (MailWorker[])[scene.Worker, scene.Node(), scene.Node()];

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.SendDue(Stop))));

        (await scene.States()).ShouldBe("Sent 200");
        scene.Sink.Mails.Select(mail => mail.To.Single()).Order().ShouldBe(Enumerable.Range(0, 200).Select(n => $"m{n}@example.com").Order());
        scene.Sink.Connections.ShouldBeGreaterThan(1, "one node did it all");
    }

    [Fact]
    public async Task Sends_a_mail_once_more_and_with_the_same_id_when_its_node_was_killed_over_it()
    {
        await using var scene = await MailScene.Given(database);
        scene.Clock.Advance(DateTimeOffset.UtcNow - scene.Clock.GetUtcNow());
        await scene.Add("dana@example.com");
        var arrived = new TaskCompletionSource();
        scene.Sink.OnMessage = async _ =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, Stop);
            return null;
        };
        using (var serving = await ServingProcess.StartAsync([("GUILDHALL_DATABASE", database.ConnectionString), ("GUILDHALL_SMTP", $"smtp://127.0.0.1:{scene.Sink.Port}?tls=off"), ("GUILDHALL_MAIL_FROM", "mentoring@feira.example")]))
        {
            await arrived.Task.WaitAsync(TimeSpan.FromMinutes(2), Stop);
            await serving.KillAsync();
        }
        scene.Sink.OnMessage = _ => Task.FromResult<string?>(null);

        await scene.SendDue(TimeSpan.FromMinutes(1));
        (await scene.States()).ShouldBe("Waiting 1", "another node may still be at it");
        await scene.SendDue(MailWorker.HeldFor);
        await scene.SendDue(MailWorker.HeldFor);

        (await scene.States()).ShouldBe("Sent 1");
        var id = (await scene.Mail("dana@example.com")).MessageId;
        scene.Sink.Mails.Select(mail => mail.Header("Message-ID")).ShouldBe([id, id]);
    }

    [Fact]
    public async Task Leaves_out_what_its_reader_does_not_want_and_only_that()
    {
        await using var scene = await MailScene.Given(database);
        await database.ExecuteAsync("INSERT INTO platform.mail_opt_out VALUES ('dana@example.com', 'digest', now()), ('dana@example.com', 'link', now())");
        await scene.Add(MailScene.To("Dana@Example.com", MailScene.Digest), MailScene.To("dana@example.com", MailScene.Link), MailScene.To("robin@example.com", MailScene.Digest));

        await scene.SendDue();

        (await scene.States()).ShouldBe("Sent 2, Skipped 1");
        scene.Sink.Mails.Select(mail => mail.To.Single()).Order().ShouldBe(["dana@example.com", "robin@example.com"]);
        (await scene.Mail("Dana@Example.com")).Body.ShouldBeNull();
    }

    [Fact]
    public async Task Says_no_password_to_a_server_without_TLS_unless_that_is_switched_off()
    {
        await using var scene = await MailScene.Given(database, sink => new SmtpServer("127.0.0.1", sink.Port, "user", "right", UsesTls: true));
        scene.Sink.Offers = ["AUTH LOGIN"];
        await scene.Add("dana@example.com");

        await scene.SendDue();

        (await scene.States()).ShouldBe("Waiting 1");
        scene.Sink.Said.ShouldNotContain(line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("right", "Sent 2")]
    [InlineData("wrong", "Waiting 2")]
    public async Task Signs_in_and_takes_a_wrong_password_for_a_trouble_of_the_server_not_of_the_mail(string password, string states)
    {
        await using var scene = await MailScene.Given(database, sink => new SmtpServer("127.0.0.1", sink.Port, "user", password, UsesTls: false));
        (scene.Sink.Offers, scene.Sink.IsIn) = (["AUTH LOGIN"], password == "right");
        await scene.Add("dana@example.com");
        await scene.Add("robin@example.com");

        await scene.SendDue();

        (await scene.States()).ShouldBe(states, string.Join('|', scene.Sink.Said));
        scene.Sink.Said.ShouldContain(line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Lands_in_a_folder_that_nobody_else_can_open_while_no_server_is_set()
    {
        var folder = Path.Combine(FolderInMemory.Create("guildhall-mail-"), "mail");
        await using var scene = await MailScene.Given(database, _ => null, folder);
        await scene.Add(MailScene.To("dana@example.com", subject: "Grüße"), MailScene.To("robin@example.com"));

        await scene.SendDue();

        var mail = await scene.Mail("dana@example.com");
        (mail.State, mail.LastAnswer).ShouldBe((MailState.Sent, $"No mail server is set, so it went to {folder}/{mail.Id}.eml"));
        mail.Body.ShouldNotBeNull("it is read here");
        Directory.EnumerateFileSystemEntries(folder).Count().ShouldBe(2);
        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = new SinkMail("", [], await File.ReadAllTextAsync(Path.Combine(folder, $"{mail.Id}.eml"), Stop));
        (file.Header("Subject"), file.Header("To"), file.Header("Message-ID")).ShouldBe(("Grüße", "dana@example.com", mail.MessageId));
        file.Text.ShouldContain("https://mentors.example/me?pair=1&x=2");
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Fact]
    public async Task Waits_for_a_folder_that_can_not_be_written()
    {
        await using var scene = await MailScene.Given(database, _ => null, "/dev/null/mail");
        await scene.Add("dana@example.com");

        await scene.SendDue();

        var mail = await scene.Mail("dana@example.com");
        mail.State.ShouldBe(MailState.Waiting);
        mail.LastAnswer!.ShouldStartWith("The folder /dev/null/mail can’t be written: ");
    }

    [Fact]
    public async Task Stays_in_the_table_without_a_server_and_without_a_folder()
    {
        await using var scene = await MailScene.Given(database, _ => null);
        await scene.Add("dana@example.com");

        await scene.SendDue();

        var mail = await scene.Mail("dana@example.com");
        (mail.State, mail.LastAnswer).ShouldBe((MailState.Sent, "No mail server is set, so it is kept here and went nowhere."));
        mail.Body.ShouldNotBeNull();
    }

    [Fact]
    public async Task Keeps_the_answer_of_the_server_short_and_on_one_line()
    {
        await using var scene = await MailScene.Given(database);
        scene.Sink.OnRecipient = _ => $"550 5.1.1 \u001b[31mno\u0007 {new string('x', 600)}";
        await scene.Add("dana@example.com");

        await scene.SendDue();

        var answer = (await scene.Mail("dana@example.com")).LastAnswer!;
        answer.Length.ShouldBe(OutgoingMail.AnswerLimit);
        answer.ShouldNotContain(letter => char.IsControl(letter));
    }
}
