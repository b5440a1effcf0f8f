using Guildhall.Platform.Mail;
using Guildhall.Tests.Commands;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Platform;

/// <summary>How an installation is told where mails go and what its address is.</summary>
public sealed class MailSettingsTests
{
    const string Sender = "Mentoring <mentoring@example.com>";

    [Theory]
    [InlineData("smtp://mail.example.com", "mail.example.com", 587, null, null, true)]
    [InlineData("smtp://mail.example.com:25/?tls=off", "mail.example.com", 25, null, null, false)]
    [InlineData(" smtp://us%40er:p%3Aa%2Fss@mail.example.com:2525 ", "mail.example.com", 2525, "us@er", "p:a/ss", true)]
    [InlineData("SMTP://user:pass:word@mail.example.com?tls=on", "mail.example.com", 587, "user", "pass:word", true)]
    public void Reads_a_mail_server(string setting, string host, int port, string? user, string? password, bool usesTls) =>
        MailSettings.Parse(setting, Sender).Value.Server.ShouldBe(new SmtpServer(host, port, user, password, usesTls));

    [Theory]
    [InlineData("mail.example.com:587", "smtp")]
    [InlineData("http://mail.example.com", "smtp")]
    [InlineData("smtp://", "smtp")]
    [InlineData("smtps://user:secret@mail.example.com:465", "smtp")]
    [InlineData("smtp://secret@mail.example.com", "smtp")]
    [InlineData("smtp://:secret@mail.example.com", "smtp")]
    [InlineData("smtp://user:secret@mail.example.com/inbox", "smtp")]
    [InlineData("smtp://user:secret@mail.example.com?ssl=no", "smtp")]
    [InlineData("smtp://user:sec@ret@mail.example.com:x", "smtp")]
    public void Refuses_a_mail_server_that_can_not_be_read_and_repeats_no_password(string setting, string code)
    {
        var refusal = MailSettings.Parse(setting, Sender).Refusal!;

        refusal.Code.ShouldBe(code);
        refusal.Message.ShouldStartWith("GUILDHALL_SMTP ");
        refusal.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("smtp://mail.example.com", null)]
    [InlineData("smtp://mail.example.com", " ")]
    [InlineData("smtp://mail.example.com", "mentoring")]
    [InlineData(null, "a@example.com, b@example.com")]
    [InlineData(null, "Evil\r\nBcc: x <a@example.com>")]
    public void Refuses_a_sender_that_mails_can_not_come_from(string? server, string? sender)
    {
        var refusal = MailSettings.Parse(server, sender).Refusal!;

        refusal.Code.ShouldBe("mail_from");
        refusal.Message.ShouldContain("GUILDHALL_MAIL_FROM");
    }

    [Fact]
    public void Needs_no_setting_at_all() =>
        (MailSettings.Parse(null, "").Value.Server, MailSettings.Parse(" ", null).Value.From.Address).ShouldBe((null, "guildhall@localhost"));

    [Fact]
    public void Says_its_password_to_nobody_who_writes_it_down() =>
        $"{MailSettings.Parse("smtp://user:secret@mail.example.com", Sender).Value} {MailSettings.Parse("smtp://user:secret@mail.example.com", Sender).Value.Server}".ShouldNotContain("secret");

    [Theory]
    [InlineData("GUILDHALL_SMTP", "smtps://user:secret@mail.example.com:465", "GUILDHALL_SMTP begins with smtps, which is TLS from the first byte, and Guildhall doesn’t speak that. Use smtp and the port where your server offers STARTTLS, mostly 587: smtp://user:password@mail.example.com:587 (smtp)")]
    [InlineData("GUILDHALL_SMTP", "smtp://mail.example.com", "GUILDHALL_SMTP is set and GUILDHALL_MAIL_FROM is not. Set it to the address that mails come from, such as Mentoring <mentoring@example.com>. (mail_from)")]
    [InlineData("GUILDHALL_ADDRESS", "mentors.example", "GUILDHALL_ADDRESS can’t be read. Give what people type to reach Guildhall, without a path, such as https://mentors.example (address)")]
    public async Task Does_not_start_with_a_setting_that_can_not_be_read(string setting, string value, string error)
    {
        var run = await ProgramRun.Of(["serve"], (setting, value));

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldBe([error]);
    }

    [Theory]
    [InlineData("https://mentors.example", "/me?a=1#b", "https://mentors.example/me?a=1#b")]
    [InlineData("https://mentors.example/", "/", "https://mentors.example/")]
    [InlineData(" http://10.0.0.5:8080 ", "/me", "http://10.0.0.5:8080/me")]
    [InlineData("https://bücher.example", "/me", "https://xn--bcher-kva.example/me")]
    [InlineData("https://mentors.example", "//evil.example", "https://mentors.example/")]
    [InlineData("https://mentors.example", "https://evil.example", "https://mentors.example/")]
    [InlineData("https://mentors.example", "/\\evil.example", "https://mentors.example/")]
    [InlineData("", "/me", "http://localhost:5080/me")]
    public void Makes_links_from_the_address_that_is_set(string setting, string path, string link) => SiteAddress.Parse(setting).Value.Of(path).AbsoluteUri.ShouldBe(link);

    [Theory]
    [InlineData("mentors.example")]
    [InlineData("ftp://mentors.example")]
    [InlineData("https://mentors.example/guildhall")]
    [InlineData("https://mentors.example?x=1")]
    [InlineData("https://user@mentors.example")]
    public void Refuses_an_address_that_links_can_not_be_made_from(string setting) => SiteAddress.Parse(setting).Refusal!.Code.ShouldBe("address");
}
