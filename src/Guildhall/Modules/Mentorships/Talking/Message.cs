using System.Text;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Library;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>What one of a mentorship wrote to the other: never changed, and visible to both at once.</summary>
sealed class Message
{
    public const int TextLimit = 2_000, LinkLimit = 500, ArticleLimit = 80;

    Message() { }

    public Message(Guid mentorshipId, Side side, Guid accountId, MessageDraft draft, DateTimeOffset at, DateTimeOffset? waitedSince)
    {
        (Id, MentorshipId, Side, AccountId, Key) = (Guid.CreateVersion7(at), mentorshipId, side, accountId, draft.Key);
        (Text, Link, Article, WrittenAt, WaitedSince) = (draft.Text, draft.Link, draft.Article, at, waitedSince);
    }

    /// <summary>In the order of the thread: of two messages of one thread the later has the greater one.</summary>
    public Guid Id { get; private set; }
    public Guid MentorshipId { get; private set; }

    /// <summary>The side that wrote it.</summary>
    public Side Side { get; private set; }
    public Guid AccountId { get; private set; }

    /// <summary>Of the form it was typed into: a form that is sent again is the same message.</summary>
    public Guid Key { get; private set; }

    /// <summary>Null once its writer was erased.</summary>
    public string? Text { get; private set; }

    /// <summary>What the writer attached: an address of a listing, a picture, a sheet.</summary>
    public string? Link { get; private set; }

    /// <summary>The article of the library that they attached, by its address there.</summary>
    public string? Article { get; private set; }
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>Where it is the first answer: since when the other one had waited for it.</summary>
    public DateTimeOffset? WaitedSince { get; private set; }

    public bool Says(MessageDraft draft) => (Text, Link, Article) == (draft.Text, draft.Link, draft.Article);

    public static void Map(EntityTypeBuilder<Message> message)
    {
        message.Property(m => m.Id).ValueGeneratedNever();
        message.HasOne<Mentorship>().WithMany().HasForeignKey(m => m.MentorshipId);
        message.HasIndex(m => new { m.MentorshipId, m.Id });
        // Sent twice, by a connection that broke or by two taps, it is there once.
        message.HasIndex(m => new { m.MentorshipId, m.AccountId, m.Key }).IsUnique();
        message.HasIndex(m => new { m.AccountId, m.WrittenAt });
        message.Property(m => m.Text).HasMaxLength(TextLimit);
        message.Property(m => m.Link).HasMaxLength(LinkLimit);
        message.Property(m => m.Article).HasMaxLength(ArticleLimit);
        message.PersonalOfAccount(m => m.AccountId, m => m.Text, m => m.Link, m => m.Article);
    }
}

/// <summary>A message as its form brings it.</summary>
/// <param name="Key">Made when the form was shown, and sent with it however often.</param>
/// <param name="Link">An address over TLS, or null.</param>
/// <param name="Article">The address of an article in the library, or null.</param>
sealed record MessageDraft(Guid Key, string Text, string? Link, string? Article)
{
    public static Result<MessageDraft> Read(Guid key, string text, string link, string article)
    {
        text = Plain(text);
        if (Refusal.Together(
            text.Length == 0 ? Refusal.Invalid("empty", "Write something. Nothing was sent.", "Text")
                : text.Length > Message.TextLimit ? Refusal.Invalid("too_long", $"Shorten it by {text.Length - Message.TextLimit:N0} characters: a message has {Message.TextLimit:N0} at most. Nothing was sent.", "Text") : null,
            link.Length == 0 || (link.Length <= Message.LinkLimit && Markup.Target(link) is { IsOutside: true } target && target.Href.StartsWith("https:", StringComparison.Ordinal)) ? null
                : Refusal.Invalid("link", "Enter an address that begins with https:// and has no name before an @. Nothing was sent.", "Link"),
            article.Length <= Message.ArticleLimit ? null : Refusal.Invalid("article", "Choose an article from the list. Nothing was sent.", "Article")) is { } refusal) return refusal;
        return new MessageDraft(key, text, link.Length == 0 ? null : link, article.Length == 0 ? null : article);
    }

    /// <summary>One sort of line end, and nothing that can't be seen but tabs.</summary>
    static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
            if (letter is '\n' or '\t' || !char.IsControl(letter)) plain.Append(letter);
        return plain.ToString().Trim();
    }
}
