using MimeKit;

namespace Certhelper.Standins.Mail;

/// <summary>A message as it was taken.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="At">When it came.</param>
/// <param name="To">Whom the sender named to the server.</param>
/// <param name="Content">The message.</param>
internal sealed record TakenMail(int Number, DateTimeOffset At, IReadOnlyList<string> To, MimeMessage Content);

/// <summary>What the mail server has taken; the last few hundred messages, for as long as the process lives. Nothing is delivered.</summary>
internal sealed class MailBox(TimeProvider time)
{
    private const int Most = 500;

    private readonly Lock gate = new();
    private readonly List<TakenMail> taken = [];
    private int last;
    private int refusals;

    /// <summary>All that is kept, the newest first.</summary>
    public IReadOnlyList<TakenMail> All
    {
        get
        {
            lock (gate) return [.. Enumerable.Reverse(taken)];
        }
    }

    public TakenMail? Find(int number)
    {
        lock (gate) return taken.Find(mail => mail.Number == number);
    }

    /// <summary>So many of the next messages are refused.</summary>
    public void Refuse(int count)
    {
        lock (gate) refusals = count;
    }

    public void Empty()
    {
        lock (gate)
        {
            taken.Clear();
            refusals = 0;
        }
    }

    /// <returns>Whether it was taken.</returns>
    public bool Take(IReadOnlyList<string> to, MimeMessage content)
    {
        lock (gate)
        {
            if (refusals > 0)
            {
                refusals--;
                return false;
            }

            taken.Add(new TakenMail(++last, time.GetUtcNow(), to, content));
            if (taken.Count > Most) taken.RemoveAt(0);
            return true;
        }
    }
}
