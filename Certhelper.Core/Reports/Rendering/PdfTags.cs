using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace Certhelper.Core.Reports;

/// <summary>
/// Says of what is drawn what it is, for those who have a PDF read to them. A list or a table that goes on on another page
/// is another one there, its head included.
/// </summary>
internal sealed class PdfTags
{
    private readonly PdfDocument pdf;
    private readonly StructureBuilder structure;

    /// <summary>How many lists are open, one inside the other; each has an open item.</summary>
    private int lists;

    /// <summary>Tags of a document that has no page yet.</summary>
    public PdfTags(PdfDocument pdf, string language)
    {
        this.pdf = pdf;
        var manager = UAManager.ForDocument(pdf);
        manager.SetDocumentLanguage(language);
        structure = manager.StructureBuilder;
    }

    /// <summary>Text; a heading when it has a level.</summary>
    public void Paragraph(int level, Action draw)
    {
        structure.BeginElement(level switch
        {
            1 => PdfBlockLevelElementTag.Heading1,
            2 => PdfBlockLevelElementTag.Heading2,
            3 => PdfBlockLevelElementTag.Heading3,
            _ => PdfBlockLevelElementTag.Paragraph,
        });
        draw();
        structure.End();
    }

    /// <summary>An item of a list; one that is deeper than the item before it belongs to that one.</summary>
    public void ListItem(int depth, Action bullet, Action words)
    {
        while (lists > depth) EndList();
        if (lists == depth) EndItem();
        while (lists < depth)
        {
            structure.BeginElement(PdfBlockLevelElementTag.List);
            lists++;
            if (lists == depth) continue;
            structure.BeginElement(PdfBlockLevelElementTag.ListItem);
            structure.BeginElement(PdfBlockLevelElementTag.ListBody);
        }

        structure.BeginElement(PdfBlockLevelElementTag.ListItem);
        structure.BeginElement(PdfBlockLevelElementTag.Label);
        bullet();
        structure.End();
        structure.BeginElement(PdfBlockLevelElementTag.ListBody);
        words();
    }

    /// <summary>What comes is in no list.</summary>
    public void EndLists()
    {
        while (lists > 0) EndList();
    }

    public void Table(Action rows)
    {
        structure.BeginElement(PdfBlockLevelElementTag.Table);
        rows();
        structure.End();
    }

    public void Row(Action cells)
    {
        structure.BeginElement(PdfBlockLevelElementTag.TableRow);
        cells();
        structure.End();
    }

    public void Cell(bool isHead, Action draw)
    {
        structure.BeginElement(isHead ? PdfBlockLevelElementTag.TableHeaderCell : PdfBlockLevelElementTag.TableDataCell);
        if (isHead)
        {
            var attributes = new PdfDictionary(pdf);
            attributes.Elements.SetName("/O", "/Table");
            attributes.Elements.SetName("/Scope", "/Column");
            structure.CurrentStructureElement.Elements["/A"] = attributes;
        }

        draw();
        structure.End();
    }

    /// <summary>A picture, with what is said instead of it.</summary>
    public void Figure(string says, XRect place, Action draw)
    {
        structure.BeginElement(PdfIllustrationElementTag.Figure, says, place);
        draw();
        structure.End();
    }

    /// <summary>What need not be read: lines, and what each page repeats.</summary>
    public void Decoration(Action draw)
    {
        structure.BeginArtifact();
        draw();
        structure.End();
    }

    private void EndItem()
    {
        structure.End();
        structure.End();
    }

    private void EndList()
    {
        EndItem();
        structure.End();
        lists--;
    }
}
