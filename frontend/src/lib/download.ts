/** Hands something to the person as a file. Its name should tell nothing: it stays in the list of downloads. */
export function download(content: BlobPart, name: string, type: string): void {
	const address = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), 1000);
}
